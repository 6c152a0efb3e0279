"""What every test of the rules shares; runs where Django is not installed."""

from hypothesis import HealthCheck, settings

# How quick a machine is proves nothing about the rules.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
