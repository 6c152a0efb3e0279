"""Matters, the rules that say who decides them, who checked each rule, what each ward says of it."""

from django.db import models
from django.db.models import F, Q

from thongsuot.apps.authority.models.choices import (
    Reading,
    ReviewState,
    RuleKind,
    Status,
    Tier,
    Verdict,
)
from thongsuot.apps.authority.models.texts import Field
from thongsuot.apps.registry.models import LegalText, Unit
from thongsuot.foundation.trail.models import Entry


class Matter(models.Model):
    """Something that somebody must be competent to decide, under one name."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=400)
    field = models.ForeignKey(Field, models.PROTECT, related_name="matters")
    public = models.BooleanField(
        default=True
    )  # citizens ask for it; internal matters are not offered to them
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["field", "id"], name="authority_matter_field")]

    def __str__(self) -> str:
        return self.name


class MatterWord(models.Model):
    """How people call a matter when they ask for it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="words")
    text = models.CharField(max_length=160)
    folded = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "folded"], name="authority_word_once")
        ]
        indexes = [models.Index(fields=["folded"], name="authority_word_folded")]

    def __str__(self) -> str:
        return self.text


class Rule(models.Model):
    """One version of one row of the table of competence.

    A change is a new version (``replaces_row``): what was relied on can always be read again.
    ``live`` is the version that stands in the register, one for each code. While a published one
    stands, its next version is a draft that is ``waiting`` beside it and takes its place only when
    it is published itself. ``held_until``: a version that a later one replaced from that day, and
    that still answers for the days before. ``reading`` says how its value was read; nothing that
    was not read is shown as law. ``author`` 0: loaded from the data of the project.
    """

    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=18, choices=RuleKind.choices)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rules")
    to_tier = models.CharField(max_length=10, choices=Tier.choices)
    to_organ = models.CharField(max_length=24, blank=True)
    to_title = models.CharField(max_length=120, blank=True)
    to_name = models.CharField(max_length=160, blank=True)
    from_tier = models.CharField(max_length=10, choices=Tier.choices, blank=True)
    from_organ = models.CharField(max_length=24, blank=True)
    from_title = models.CharField(max_length=120, blank=True)
    from_name = models.CharField(max_length=160, blank=True)
    text = models.ForeignKey(LegalText, models.PROTECT, related_name="rules")
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    replaced = models.CharField(max_length=300, blank=True)  # the provision it takes the place of
    replaces = models.JSONField(default=list, blank=True)  # codes of rules it takes the place of
    procedures = models.JSONField(default=list, blank=True)  # codes of procedures (TTHC)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    least = models.BigIntegerField(null=True, blank=True)
    most = models.BigIntegerField(null=True, blank=True)
    passable = models.BooleanField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    reading = models.CharField(max_length=8, choices=Reading.choices, default=Reading.UNREAD)
    sources = models.TextField(blank=True)
    note = models.TextField(blank=True)
    live = models.BooleanField(default=True)
    waiting = models.BooleanField(default=False)
    held_until = models.DateField(null=True, blank=True)
    replaces_row = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_versions"
    )
    author = models.BigIntegerField(default=0)
    author_name = models.CharField(max_length=120, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(live=True), name="authority_rule_one_live"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(waiting=True), name="authority_rule_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(waiting=False) | Q(live=False, status=Status.DRAFT),
                name="authority_rule_waiting_is_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(held_until__isnull=True)
                | Q(live=False) & (Q(since__isnull=True) | Q(held_until__gt=F("since"))),
                name="authority_rule_held_before_the_next",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="authority_rule_until_after_since",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RuleKind.values), name="authority_rule_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(to_tier__in=Tier.values), name="authority_rule_tier_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="authority_rule_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "live"], name="authority_rule_matter"),
            models.Index(fields=["live", "code"], name="authority_rule_code"),
            models.Index(fields=["live", "status", "until"], name="authority_rule_until"),
            models.Index(fields=["text", "live"], name="authority_rule_text"),
            models.Index(
                fields=["matter"],
                condition=Q(held_until__isnull=False),
                name="authority_rule_held",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RulePlace(models.Model):
    """A unit to which a rule is limited; a rule without any holds in the whole country."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="places")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "unit"], name="authority_ruleplace_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} @ {self.unit_id}"


class RuleCheck(models.Model):
    """Somebody compared one version of a rule with its text, and what was found."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    against = models.CharField(max_length=300)  # what it was compared with: which copy, which page
    note = models.TextField(blank=True)
    user = models.BigIntegerField()
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "user"], name="authority_check_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.verdict}"


class Clash(models.Model):
    """Two rules that cannot both be followed, as somebody found and cited."""

    code = models.SlugField(max_length=60, unique=True)
    first = models.SlugField(max_length=60)
    second = models.SlugField(max_length=60)
    what = models.TextField()
    sources = models.TextField(blank=True)
    settled_by = models.CharField(max_length=300, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Review(models.Model):
    """What a commune says of a rule: applies, ready, blocked by something, or not ours.

    One row per commune and rule; the trail keeps what it said before.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    rule_code = models.SlugField(max_length=60)
    state = models.CharField(max_length=8, choices=ReviewState.choices)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    by_post = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "rule_code"], name="authority_review_once"),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values), name="authority_review_state_known"
            ),
        ]
        indexes = [models.Index(fields=["rule_code", "state"], name="authority_review_rule")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.rule_code}: {self.state}"
