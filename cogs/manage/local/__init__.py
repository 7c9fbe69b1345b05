"""`Local help`: lines that moderators add for their members."""
