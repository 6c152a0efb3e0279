"""People who sign in. What they may do comes from the posts they hold, in the registry."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Finds and makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """A new account. Without a password only the office's directory (OIDC) lets it in."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person, one account. No rights here: they derive from appointments valid today."""

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        indexes = [models.Index(fields=["email"], name="accounts_user_email")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name


class SignInAttempt(models.Model):
    """A try to sign in: counted per account and per address, forgotten after a day."""

    account = models.CharField(max_length=64)  # SHA-256 of the typed name: a typo may be a password
    address = models.CharField(max_length=64)  # keyed hash: addresses are personal
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="accounts_attempt_account"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.account[:8]} {self.at:%d/%m/%Y %H:%M}"


class ApiToken(models.Model):
    """A key for a program that acts for one person in one post. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    appointment = models.BigIntegerField()  # of the registry: the post the token acts in
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "made_at"], name="accounts_apitoken_user")]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
