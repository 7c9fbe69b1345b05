"""The demo client: it presses buttons and fills in forms as people do, for the demo and the tests."""
