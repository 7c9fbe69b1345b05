"""Cards, buttons and wording that several features show. There are no commands here."""
