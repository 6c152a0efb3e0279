"""Delegations (ủy quyền), acting in absence, and what each signature rested on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority.models.choices import DelegationState, Form, Seal, Side
from thongsuot.apps.authority.models.rules import Matter
from thongsuot.apps.authority.models.texts import Field
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Appointment, Person, Post, Unit
from thongsuot.foundation.trail.models import Entry


class Delegation(models.Model):
    """A power given for a time by the holder of a post to another post, or to one person in it.

    ``person`` empty: whoever is in the receiving post. It stops by itself when the giver's
    appointment or the receiver's ends; nothing has to be written for that. ``revoked_on`` is the
    first day on which it no longer counts.
    """

    number = models.CharField(max_length=80)  # of the written document
    giver_body = BodyField(when_closed="stays", what=_("ủy quyền đã giao"), related_name="+")
    giver_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    body = BodyField(when_closed="stays", what=_("ủy quyền được nhận"), related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    matters = models.ManyToManyField(Matter, blank=True, related_name="delegations")
    fields = models.ManyToManyField(Field, blank=True, related_name="delegations")
    places = models.ManyToManyField(Unit, blank=True, related_name="+")
    most = models.BigIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField()
    passable = models.BooleanField(default=False)
    absence = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.TUQ)
    seal = models.CharField(max_length=8, choices=Seal.choices, default=Seal.GIVER)
    state = models.CharField(
        max_length=8, choices=DelegationState.choices, default=DelegationState.PROPOSED
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver_body", "number"], name="authority_delegation_number_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="authority_delegation_has_days"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DelegationState.values),
                name="authority_delegation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gt=0),
                name="authority_delegation_most_positive",
            ),
            models.CheckConstraint(
                condition=~Q(state=DelegationState.SIGNED) | Q(signed_at__isnull=False),
                name="authority_delegation_signed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["giver_body", "state", "since"], name="authority_deleg_giver"),
            models.Index(fields=["body", "state", "since"], name="authority_deleg_body"),
            models.Index(fields=["until", "id"], name="authority_deleg_until"),
        ]

    def __str__(self) -> str:
        return self.number


class Grounds(models.Model):
    """What one signature rested on, as it stood that day; never changed afterwards.

    ``says`` holds codes and citations as plain values, so that it can be read when rules have
    changed. ``side`` tells several signatures of one paper apart.
    """

    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    side = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=13, choices=Side.choices)
    matter = models.SlugField(max_length=60)
    says = models.JSONField(default=dict)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="authority_grounds_of"),
            models.Index(fields=["matter", "on"], name="authority_grounds_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}/{self.side}"
