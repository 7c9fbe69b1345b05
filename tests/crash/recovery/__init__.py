"""Disaster recovery: a backup under load, the end of the machine, and a restore on another one."""
