"""`Local help`: helplines that moderators add for their members."""
