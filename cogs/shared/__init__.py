"""Cards, buttons and ways of wording that several features show: nothing here enters by a command."""
