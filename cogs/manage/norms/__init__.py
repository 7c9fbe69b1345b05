"""The next version: adopted, written, put to the group."""
