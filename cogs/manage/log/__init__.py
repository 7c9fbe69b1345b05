"""`/manage log`: who changed which setting of the server."""
