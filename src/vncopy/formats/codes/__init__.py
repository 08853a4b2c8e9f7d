"""Code lists of the domain: plain tables with their source and the dates of their validity."""
