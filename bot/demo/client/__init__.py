"""The client that presses buttons and fills in forms as people do: for the demo, and for the tests."""
