"""Text becomes frozen values: policies, calendars and event logs."""
