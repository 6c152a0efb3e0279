"""No tables of Django's: the indexes are made after every migration, which only apps with this module hear of."""
