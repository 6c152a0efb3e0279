"""The answers of ``thongsuot lineage`` as a person reads them, in Vietnamese."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from thongsuot.rules.kernel.period import ONE_DAY
from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.registry import Registry, full_name
from thongsuot.rules.registry.values import DISTRICT, PROVINCE, Portion, UnitFact

SHARES = {
    "whole": "toàn bộ",
    "rest": "phần còn lại",
    "part": "một phần",
    "people": "toàn bộ dân, một phần đất",
    "land": "một phần đất, không có dân",
}
EVENTS = {"kind": "đổi loại", "rename": "đổi tên", "parent": "không sắp xếp, chuyển cấp trên"}
TOPICS = {"successors": "đơn vị kế thừa", "name": "tên", "kind": "loại"}


def day(value: date) -> str:
    """A day as dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def latest(registry: Registry) -> date:
    """The day of the last event that the sources know: how things stand now."""
    return max(event.on for event in registry.facts.events)


def share(step: Succession) -> str:
    """How much of the source a step takes, in the words of the clause where they were read."""
    if step.detail and step.share in ("land", "people"):
        return step.detail
    return SHARES[step.share] + (f" ({step.detail})" if step.detail else "")


def lower(name: str) -> str:
    """The name inside a sentence: the kind begins with a small letter."""
    return name[:1].lower() + name[1:]


def number(registry: Registry, step: Succession) -> str:
    """The number of the document of a step, as it is written."""
    return _number(registry, step.basis)


def _number(registry: Registry, key: str) -> str:
    return next((t.number for t in registry.facts.texts if t.key == key), key)


def _basis(registry: Registry, key: str, clause: str) -> str:
    text = next((t for t in registry.facts.texts if t.key == key), None)
    if text is None:
        return ""
    told = f"{'Luật' if text.title.startswith('Luật') else 'Nghị quyết'} {text.number}"
    told += f", khoản {clause} Điều 1" if clause else ""
    return told if text.checked else f"{told} (cần xác nhận: chưa đọc văn bản)"


def none(asked: str, on: date | None) -> str:
    """What to say when nothing was found, and what to try."""
    when = f" vào ngày {day(on)}" if on else ""
    return (
        f"Không có đơn vị nào mang tên hoặc mã “{asked}”{when}. Hãy thử bỏ loại đơn vị, "
        "ghi đủ 5 chữ số của mã, hoặc bỏ --on."
    )


def many(registry: Registry, asked: str, units: Sequence[int]) -> str:
    """A name with many bearers: all of them, and how to ask for one."""
    lines = [f"“{asked}” là tên hoặc mã của {len(units)} đơn vị:"]
    for number in units:
        fact = registry.versions(number)[-1]
        lines.append(
            f"  {registry.facts.keys[number]:<16} {place(registry, fact)}; {_span(registry, number)}"
        )
    lines.append(
        f"Hãy thêm cấp trên (“{asked}, tên huyện hoặc tỉnh”), thêm --on, hoặc ghi khóa ở cột đầu."
    )
    return "\n".join(lines)


def place(registry: Registry, fact: UnitFact) -> str:
    """A unit with its code and what stands above it."""
    when = fact.period.last_day or fact.period.since or latest(registry)
    names = [f"{full_name(fact)} (mã {fact.code})"]
    parent = fact.parent
    while parent is not None:
        upper = registry.nearest(parent, when)
        names.append(lower(full_name(upper)))
        parent = upper.parent
    return ", ".join(names)


def _span(registry: Registry, number: int) -> str:
    versions = registry.versions(number)
    since, last = versions[0].period.since, versions[-1].period.last_day
    begun = f"từ {day(since)}" if since else "từ trước 01/07/2025"
    return f"đến hết {day(last)}" if last else f"{begun} đến nay"


def unit(registry: Registry, number: int, on: date | None) -> str:
    """Everything about one unit: what it was, what became of it, resolution and clause."""
    versions = registry.versions(number)
    fact = (registry.on(number, on) if on else None) or versions[-1]
    lines = [
        place(registry, fact),
        f"  {_span(registry, number).capitalize()}. Khóa riêng: {registry.facts.keys[number]}.",
    ]
    lines += [f"  {line}" for line in _names(registry, versions)]
    lines += _came_from(registry, number)
    lines += _portions(registry, number) if fact.level == DISTRICT else _became(registry, number)
    lines += [
        f"  Nguồn khác ({TOPICS.get(d.topic, d.topic)}): {d.source} ghi {d.reading}; "
        f"danh mục giữ {d.held}. {d.note}".rstrip()
        for d in registry.facts.disagreements
        if d.unit == number
    ]
    return "\n".join(lines)


def _names(registry: Registry, versions: Sequence[UnitFact]) -> Iterable[str]:
    if len(versions) > 1:
        for fact in versions:
            since, last = fact.period.since, fact.period.last_day
            begun = f"từ {day(since)}" if since else ""
            ended = f"đến hết {day(last)}" if last else "đến nay"
            basis = _basis(registry, fact.basis.key, fact.basis.clause)
            told = f"{begun} {ended}: {place(registry, fact)}".strip()
            yield f"{told}{'. ' + basis if basis else ''}"


def _came_from(registry: Registry, number: int) -> list[str]:
    lines: list[str] = []
    for on, steps in _by_day(
        s for s in registry.history.steps_to(number) if s.src != number
    ).items():
        basis = _basis(registry, steps[0].basis, steps[0].clause)
        lines.append(f"  Hình thành ngày {day(on)} theo {basis}, từ:")
        lines += [f"    {_from(registry, step)}" for step in steps]
    return lines


def _from(registry: Registry, step: Succession) -> str:
    if step.src is None:
        return step.detail
    return f"{share(step)} {lower(place(registry, registry.nearest(step.src, step.on - ONE_DAY)))}"


def _became(registry: Registry, number: int) -> list[str]:
    lines: list[str] = []
    for on, steps in _by_day(registry.history.steps_from(number)).items():
        if len(steps) == 1 and steps[0].dst == number:
            event = registry.event_of(steps[0])
            basis = _basis(registry, steps[0].basis, steps[0].clause)
            lines.append(
                f"  Ngày {day(on)}: {EVENTS.get(event.kind, event.kind)} theo {basis}. {event.note}".rstrip()
            )
            continue
        lines.append(f"  Ngày {day(on)} trở thành:")
        lines += [f"    {_to(registry, step)}" for step in steps]
        lines += _divided(registry, number, on)
        lines += _now(registry, number, on)
    return lines or (
        [] if registry.versions(number)[-1].period.until else ["  Chưa có thay đổi nào sau đó."]
    )


def _to(registry: Registry, step: Succession) -> str:
    if step.dst is None:
        return f"không có đơn vị kế thừa cùng cấp: {step.detail}"
    basis = _basis(registry, step.basis, step.clause)
    into = registry.nearest(step.dst, step.on)
    return f"{share(step)} → {lower(full_name(into))} (mã {into.code}). {basis}"


def _divided(registry: Registry, number: int, on: date) -> list[str]:
    answer = registry.whereabouts(number, on - ONE_DAY, on)
    if not answer.divided:
        return []
    if answer.certain:
        home = full_name(registry.nearest(answer.homes[0].thing, on))
        return [
            f"  Đơn vị bị chia, nhưng toàn bộ dân ở {lower(home)}: địa chỉ của người dân không đổi nơi khác."
        ]
    return [
        f"  Đơn vị bị chia cho {len(answer.arrivals)} nơi, dân ở {len(answer.homes)} nơi: "
        "muốn biết một địa chỉ thuộc nơi nào phải có thôn, tổ dân phố hoặc tên đường."
    ]


def _now(registry: Registry, number: int, on: date) -> list[str]:
    """Where it is after every later event, when that has another name than on that day."""
    then = {a.thing for a in registry.whereabouts(number, on - ONE_DAY, on).arrivals}
    now = [a.thing for a in registry.whereabouts(number, on - ONE_DAY, latest(registry)).arrivals]
    today = latest(registry)
    if all(u in then and registry.nearest(u, on) == registry.nearest(u, today) for u in now):
        return []
    return [
        "  Nay là "
        + "; ".join(lower(place(registry, registry.nearest(u, today))) for u in now)
        + "."
    ]


def _portions(registry: Registry, number: int) -> list[str]:
    portions = registry.portions(number)
    if not portions:
        return []
    versions = registry.versions(number)
    last_day = versions[-1].period.last_day or latest(registry)
    inside = len(registry.children(number, last_day))
    step = next(iter(registry.history.steps_from(number)), None)
    basis = _basis(registry, step.basis, step.clause) if step else ""
    main = [p for p in portions if p.main]
    parts = [p for p in portions if not p.main]
    lines = [f"  Cấp huyện kết thúc ngày {day(last_day + ONE_DAY)}. {basis}"]
    what = f"{inside} xã, phường, thị trấn" if inside else "Toàn huyện"
    lines.append(
        f"  {what} chuyển về {len(main)} đơn vị mới"
        + (f" và một phần của {len(parts)} đơn vị khác:" if parts else ":")
    )
    lines += [f"    {_portion(registry, p)}" for p in portions]
    return lines


def _portion(registry: Registry, portion: Portion) -> str:
    on = portion.steps[0].on
    into = registry.nearest(portion.unit, on)
    sources = "; ".join(
        f"{SHARES[s.share]} {_short(registry, s)}" for s in portion.steps if s.src is not None
    )
    basis = _basis(registry, portion.steps[0].basis, portion.steps[0].clause)
    partly = "" if portion.main else "một phần "
    mixed = f" (cùng {portion.others} đơn vị ngoài huyện)" if portion.others else ""
    return f"{partly}{lower(full_name(into))} (mã {into.code}): {sources}{mixed}. {basis}"


def _short(registry: Registry, step: Succession) -> str:
    fact = registry.nearest(step.src if step.src is not None else -1, step.on - ONE_DAY)
    return lower(full_name(fact)) if fact.level in (PROVINCE, DISTRICT) else fact.name


def _by_day(steps: Iterable[Succession]) -> dict[date, list[Succession]]:
    days: defaultdict[date, list[Succession]] = defaultdict(list)
    for step in steps:
        days[step.on].append(step)
    return dict(days)
