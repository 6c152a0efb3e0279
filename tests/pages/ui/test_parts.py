"""The words and parts that templates draw with."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.foundation.ui.templatetags import ts
from thongsuot.rules.kernel.actor import Hat, Role
from thongsuot.rules.kernel.problem import Problem

COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=6).map(tuple)


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "said"),
    [
        ("{{ v|number }}", 1234567, "1.234.567"),
        ("{{ v|number }}", Decimal("12.50"), "12,5"),
        ("{{ v|number }}", 0, "0"),
        ("{{ v|number }}", None, "–"),
        ("{{ v|day }}", date(2025, 7, 1), "01/07/2025"),
        ("{{ v|day }}", None, "–"),
        ("{{ v|weekday }}", date(2025, 6, 24), "thứ Ba 24/06/2025"),
        ("{{ v|moment }}", datetime(2025, 6, 30, 17, 5, tzinfo=UTC), "00:05 01/07/2025"),
        ("{{ v|hour }}", datetime(2025, 6, 30, 17, 5, tzinfo=UTC), "00:05"),
        ("{{ v|money }}", 1284600000, "1.284.600.000 đồng"),
        ('{{ v|quantity:"m²" }}', 250, "2,5 m²"),
        ("{{ v|iso }}", date(2025, 7, 1), "2025-07-01"),
        ("x{{ v|zero }}", 0, "x zero"),
        ("x{{ v|zero }}", 3, "x"),
    ],
)
def test_values_are_written_the_way_an_office_writes_them(source, value, said) -> None:
    with translation.override("vi"):
        assert draw(source, v=value) == said


def test_a_post_is_said_with_its_body_and_the_body_only_once() -> None:
    head = Hat(
        1, Role.TEAM_HEAD, "Tổ trưởng Tổ bàn giao quận Hà Đông", 1, "Tổ bàn giao quận Hà Đông"
    )
    clerk = Hat(2, Role.CLERK, "Công chức", 2, "Phòng Tư pháp")
    assert ts.post(head) == "Tổ trưởng Tổ bàn giao quận Hà Đông"
    assert ts.post(clerk) == "Công chức, Phòng Tư pháp"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 5, 0), (1, 10**6, 1), (10**6 - 1, 10**6, 99), (5, 5, 100), (3, 0, 0)],
)
def test_a_share_never_hides_the_last_one_missing_nor_the_first_one_there(
    part, whole, shown
) -> None:
    assert ts.share(part, whole) == shown


@given(COUNTS)
def test_the_shares_of_a_bar_add_up_and_show_everything_that_is_there(counts) -> None:
    shares = ts.hundredths(counts)
    assert sum(shares) == (100 if sum(counts) else 0)
    assert all(s >= 1 for s, c in zip(shares, counts, strict=True) if c)
    assert all(s == 0 for s, c in zip(shares, counts, strict=True) if not c)


def test_a_bar_says_in_words_what_it_draws() -> None:
    with translation.override("vi"):
        said = draw("{% split done=46102 waiting=2206 lost=2 %}")
    assert 'aria-label="đã nhận 46.102, đang giao hoặc tranh chấp 2.206, thiếu 2"' in said
    assert "w-pct-" in said


def test_what_people_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    sources = [
        "{{ v|tag }}",
        "{% stat v v %}",
        "{% sheet v %}{{ v }}{% endsheet %}",
        '{% alert "wait" heading=v %}{{ v }}{% endalert %}',
        '{% gauge "lost" v 1 v url=v detail=v %}',
        "{% empty v v %}",
        "{% signature v name=v %}",
        "{% crumbs v v v %}",
        "{% progress 1 2 v %}",
        '{% icon "search" v %}',
    ]
    for source in sources:
        assert "<script" not in draw(source, v=evil), source


def test_a_state_that_no_colour_stands_for_is_a_mistake_seen_at_once() -> None:
    with pytest.raises(ValueError, match="no such state"):
        draw('{{ "x"|tag:"green" }}')


def test_problems_are_all_listed_those_that_block_first_and_none_draws_nothing() -> None:
    late = Problem("ui.sample-late", "B", {"days": 9}, blocks=False)
    twice = Problem("ui.sample-repeated", "A", {"row": 3})
    with translation.override("vi"):
        said = draw("{% problem_list p %}", p=[late, twice])
    assert said.index("dòng 3") < said.index("9 ngày")
    assert "Còn 1 điểm phải sửa" in said
    assert 'role="alert"' in said
    assert not draw("{% problem_list p %}", p=[]).strip()


def test_warnings_alone_do_not_sound_like_errors() -> None:
    late = Problem("ui.sample-late", "B", {"days": 9}, blocks=False)
    with translation.override("vi"):
        said = draw("{% problem_list p %}", p=[late])
    assert "Cần lưu ý" in said
    assert 'role="alert"' not in said


class Sample(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên bìa.")
    side = forms.ChoiceField(label="Bên", widget=forms.RadioSelect, choices=[("g", "Giao")])
    note = forms.CharField(label="Ghi chú", required=False)
    sure = forms.BooleanField(label="Chắc", required=False)


def test_a_field_ties_its_help_and_its_errors_to_the_box() -> None:
    form = Sample({"name": ""})
    with translation.override("vi"):
        said = draw(
            "{% field form.name %}{% field form.side %}{% field form.note help='Thêm nếu cần.' %}{% field form.sure %}",
            form=form,
        )
    assert 'for="id_name"' in said
    assert 'aria-invalid="true"' in said
    assert 'aria-describedby="id_name_helptext id_name_error"' in said
    assert 'id="id_name_helptext"' in said
    assert 'id="id_name_error"' in said
    assert "<fieldset" in said
    assert said.count("(không bắt buộc)") == 1
    assert 'aria-describedby="id_note_helptext"' in said


def test_drawing_a_field_twice_does_not_pile_up_classes() -> None:
    said = draw("{% field form.name %}{% field form.name %}", form=Sample())
    assert "form-control form-control" not in said


def test_a_signature_says_whether_it_was_given() -> None:
    at = datetime(2025, 6, 28, 2, 41, tzinfo=UTC)
    with translation.override("vi"):
        assert "Đã ký 09:41 28/06/2025" in draw('{% signature "Bên giao" at=at %}', at=at)
        assert "chưa ký" in draw('{% signature "Bên nhận" %}')
