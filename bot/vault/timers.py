"""The kind of timer by which data keys are wrapped again."""

REWRAP = "vault.rewrap"
"""Some data keys are wrapped with older keys than the current one. There is one subject, `DATA_KEYS`."""

DATA_KEYS = "data_keys"
