"""Legally valid electronic copies of Vietnamese documents: issue and verify."""
