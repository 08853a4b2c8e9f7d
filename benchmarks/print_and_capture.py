"""Print and capture, simulated: a page as a printer lays it on paper, a phone's picture of it.

Everything is drawn by Pillow from a seeded generator of numbers, so that a trial can be looked at
again (``python -m benchmarks.legibility --show FOLDER``). Lengths are millimetres on the paper.
What is modelled, and what is not, stands in docs/legibility.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from statistics import NormalDist
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from vncopy.pdf.pictures import open_pages
from vncopy.pdf.read_symbol import PREFIX
from vncopy.pdf.symbol import QUIET_ZONE, make_symbol

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

import zxingcpp

DPI = 600
"""Dots an inch of the simulated sheet: each dot of a 300 dpi printer is 2 by 2."""
MM = DPI / 25.4
"""Dots a millimetre."""
AROUND = (75.0, 55.0)
"""Half width and height of the piece of the sheet that is kept, around the symbol."""
PAPER = (238, 236, 230)
INK = (44, 42, 44)
DESK = (112, 92, 74)
SEAL_RED = (204, 34, 52)
COFFEE = (58, 38, 24)


@dataclass(frozen=True)
class Sheet:
    """A printed sheet around its symbol."""

    image: Image.Image
    """In colours, :data:`DPI` dots an inch."""
    centre: tuple[float, float]
    """Middle of the symbol in dots."""
    side: float
    """Side of the symbol in millimetres, without its quiet zone."""
    text: str
    """What the symbol says."""


@dataclass(frozen=True)
class Damage:
    """What happened to a sheet."""

    sheet: Sheet
    crease: Crease | None = None


@dataclass(frozen=True)
class Crease:
    """A fold that stays in the paper: a line through a point, one side bent."""

    point: tuple[float, float]
    """Millimetres from the middle of the symbol."""
    angle: float
    """Direction of the line, radians."""
    bend: float
    """How far the far side is bent up, radians."""
    shade: float
    """Light on the bent side beside that on the flat one."""


@dataclass(frozen=True)
class Camera:
    """How a picture is taken."""

    width: int
    """Pixels across the symbol, without its quiet zone, where it lies level."""
    frame: tuple[int, int]
    tilt: float = 12.0
    """Degrees at most, about each of three axes."""
    blur: tuple[float, float] = (0.4, 0.9)
    """Standard deviation of the lens blur in pixels, least and most."""
    motion: float = 1.5
    """Longest path of a shaking hand in pixels."""
    noise: tuple[float, float] = (3.0, 7.0)
    """Standard deviation of the sensor's noise in levels of 256."""
    light: tuple[float, float] = (0.75, 1.0)
    """Light on the sheet."""
    quality: int = 70
    """Of the JPEG."""
    shadow: bool = False
    """The hand's shadow with a soft edge across the symbol."""


def frame_for(width: int) -> tuple[int, int]:
    """Return the smallest usual video frame that holds a turned symbol of that width."""
    return next(
        frame for frame in ((854, 480), (1280, 720), (1920, 1080)) if 1.42 * width <= frame[1]
    )


# --- print ---------------------------------------------------------------------------------------


def print_copy(pdf: bytes, text: str, dice: random.Random) -> Sheet:
    """Return the sheet that a laser printer of 300 dpi makes of a copy's page with the symbol.

    Args:
        pdf: the copy.
        text: of its symbol.
        dice: for the grain of toner and paper.
    """
    for coloured in open_pages(pdf):
        page = coloured.convert("L")
        codes = [c for c in zxingcpp.read_barcodes(page) if c.text.startswith(PREFIX)]
        if codes:
            break
    else:
        raise ValueError("no symbol on the pages")
    corners = codes[0].position
    xs = [corners.top_left.x, corners.top_right.x, corners.bottom_left.x, corners.bottom_right.x]
    ys = [corners.top_left.y, corners.top_right.y, corners.bottom_left.y, corners.bottom_right.y]
    centre = (sum(xs) / 4 + 0.5, sum(ys) / 4 + 0.5)  # dots of 300 dpi
    half = tuple(length * MM / 2 for length in AROUND)
    box = (
        max(0, int(centre[0] - half[0])),
        max(0, int(centre[1] - half[1])),
        min(page.width, int(centre[0] + half[0])),
        min(page.height, int(centre[1] + half[1])),
    )
    dots = page.crop(box).point(lambda level: 255 if level > 140 else 0)
    large = dots.resize((2 * dots.width, 2 * dots.height), Image.Resampling.NEAREST)
    symbol = make_symbol(text)
    modules = symbol.modules - 2 * QUIET_ZONE
    return Sheet(
        image=_toner(large, dice),
        centre=(2 * (centre[0] - box[0]), 2 * (centre[1] - box[1])),
        side=modules * symbol.dots * 2 / MM,
        text=text,
    )


def _toner(dots: Image.Image, dice: random.Random) -> Image.Image:
    """Melt the dots: edges move outwards by about 20 µm, corners get round, black is not black."""
    melted = dots.filter(ImageFilter.GaussianBlur(1.3))
    # Above the middle: dark dots grow. A soft step, the width of toner scattered at an edge.
    melted = melted.point(lambda level: max(0, min(255, int((level - 165) * 3 + 128))))
    ink = Image.new("RGB", dots.size, INK)
    sheet = Image.composite(Image.new("RGB", dots.size, PAPER), ink, melted)
    for spot, strength in ((2, 5.0), (9, 3.0), (60, 4.0)):  # toner, fibres, clouds in the paper
        sheet = _grained(sheet, spot, strength, dice)
    return sheet


def _grained(image: Image.Image, spot: int, strength: float, dice: random.Random) -> Image.Image:
    """Add noise whose spots are ``spot`` pixels wide."""
    size = (image.width // spot + 2, image.height // spot + 2)
    grain = noise(size, strength, dice)
    grain = grain.resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.add(image, Image.merge("RGB", [grain] * 3), 1, -128)


@cache
def _normal(strength: float) -> list[int]:
    """Return 256 levels around 128, spread as a normal distribution."""
    spread = NormalDist(128, strength)
    return [max(0, min(255, round(spread.inv_cdf((step + 0.5) / 256)))) for step in range(256)]


def noise(size: tuple[int, int], strength: float, dice: random.Random) -> Image.Image:
    """Return grey noise around 128.

    Args:
        size: of the picture.
        strength: standard deviation in levels.
        dice: where it comes from.
    """
    even = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return even.point(_normal(round(strength, 1)))


# --- damage --------------------------------------------------------------------------------------


def clean(sheet: Sheet, _dice: random.Random) -> Damage:
    """Nothing happened."""
    return Damage(sheet)


def folded(sheet: Sheet, dice: random.Random) -> Damage:
    """The sheet was folded across the symbol and opened again; toner broke off along the line."""
    half = sheet.side / 2
    point = (dice.uniform(-0.7, 0.7) * half, dice.uniform(-0.7, 0.7) * half)
    angle = dice.choice((0.0, math.pi / 2)) + math.radians(dice.uniform(-6, 6))
    image = sheet.image.copy()
    x, y = (middle + MM * away for middle, away in zip(sheet.centre, point, strict=True))
    dx, dy = math.cos(angle), math.sin(angle)
    draw = ImageDraw.Draw(image)
    reach = int(max(image.size))
    for step in range(-reach, reach, 4):
        if dice.random() < 0.6:
            away = dice.gauss(0, 0.08 * MM)
            size = abs(dice.gauss(0, 0.07 * MM))
            u, v = x + step * dx - away * dy, y + step * dy + away * dx
            draw.ellipse((u - size, v - size, u + size, v + size), fill=PAPER)
    crease = Crease(point, angle, math.radians(dice.uniform(8, 16)), dice.uniform(0.72, 0.92))
    return Damage(_with(sheet, image), crease)


def sealed(sheet: Sheet, dice: random.Random) -> Damage:
    """An office's red seal, 36 mm wide, was pressed partly over the symbol."""
    turn = dice.uniform(0, 2 * math.pi)
    away = dice.uniform(6, 24)
    middle = (
        sheet.centre[0] + MM * away * math.cos(turn),
        sheet.centre[1] + MM * away * math.sin(turn),
    )
    stamp = _seal().rotate(dice.uniform(-25, 25), resample=Image.Resampling.BILINEAR)
    uneven = noise((9, 9), 45, dice).resize(stamp.size, Image.Resampling.BICUBIC)
    uneven = uneven.point(lambda level: min(255, int(level * 0.5 + 165)))
    stamp = ImageChops.multiply(stamp, uneven)
    mask = Image.new("L", sheet.image.size)
    mask.paste(stamp, (int(middle[0] - stamp.width / 2), int(middle[1] - stamp.height / 2)))
    red = ImageChops.multiply(sheet.image, Image.new("RGB", sheet.image.size, SEAL_RED))
    return Damage(_with(sheet, Image.composite(red, sheet.image, mask)))


@cache
def _seal() -> Image.Image:
    """Return the ink of a round seal: two rings, a star, strokes where the letters are."""
    side = int(37 * MM)
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    middle = side / 2

    def ring(radius: float, width: float) -> None:
        r = radius * MM
        draw.ellipse(
            (middle - r, middle - r, middle + r, middle + r), outline=255, width=int(width * MM)
        )

    def at(radius: float, turn: float) -> tuple[float, float]:
        return middle + radius * MM * math.cos(turn), middle + radius * MM * math.sin(turn)

    ring(18.0, 1.1)
    ring(12.6, 0.4)
    star = [
        at(5.2 if step % 2 == 0 else 2.1, -math.pi / 2 + step * math.pi / 5) for step in range(10)
    ]
    draw.polygon(star, fill=255)
    for letter in range(34):
        turn = letter * 2 * math.pi / 34
        if letter % 7 != 6:
            draw.line([at(14.0, turn), at(16.0, turn)], fill=255, width=int(0.5 * MM))
            draw.line([at(16.0, turn), at(16.0, turn + 0.07)], fill=255, width=int(0.4 * MM))
            if letter % 3:
                draw.line([at(15.0, turn), at(15.0, turn + 0.07)], fill=255, width=int(0.4 * MM))
            if letter % 2:
                draw.line([at(14.1, turn), at(14.1, turn + 0.07)], fill=255, width=int(0.4 * MM))
    return image.filter(ImageFilter.GaussianBlur(1.5))


def stained(sheet: Sheet, dice: random.Random) -> Damage:
    """A dark, nearly opaque blot of 8 % of the symbol's area, between its three finder patterns."""
    return _stained(sheet, dice, share=0.08, finders=False)


def stained_anywhere(sheet: Sheet, dice: random.Random) -> Damage:
    """The same blot anywhere on the symbol, also on a finder pattern."""
    return _stained(sheet, dice, share=0.08, finders=True)


def _stained(sheet: Sheet, dice: random.Random, *, share: float, finders: bool) -> Damage:
    side = sheet.side * MM
    radius = math.sqrt(share / math.pi) * side
    waves = [(dice.uniform(0.03, 0.16), dice.uniform(0, 2 * math.pi), n) for n in (2, 3, 5)]
    outline = [
        (radius * size * math.cos(turn), radius * size * math.sin(turn))
        for turn in (step * math.pi / 60 for step in range(120))
        for size in [1 + sum(a * math.sin(n * turn + phase) for a, phase, n in waves)]
    ]
    area = (
        abs(
            sum(
                x * v - u * y
                for (x, y), (u, v) in zip(outline, outline[1:] + outline[:1], strict=True)
            )
        )
        / 2
    )
    scale = math.sqrt(share * side * side / area)
    outline = [(scale * x, scale * y) for x, y in outline]
    reach = [max(abs(point[axis]) for point in outline) for axis in (0, 1)]
    while True:
        away = [dice.uniform(-1, 1) * (side / 2 - reach[axis]) for axis in (0, 1)]
        spot = [(x + away[0], y + away[1]) for x, y in outline]
        if finders or not any(_on_finder(x, y, side) for x, y in spot):
            break
    mask = Image.new("L", sheet.image.size)
    ImageDraw.Draw(mask).polygon(
        [(x + sheet.centre[0], y + sheet.centre[1]) for x, y in spot], fill=235
    )
    mask = mask.filter(ImageFilter.GaussianBlur(3))
    stain = Image.new("RGB", sheet.image.size, COFFEE)
    return Damage(_with(sheet, Image.composite(stain, sheet.image, mask)))


def _on_finder(x: float, y: float, side: float) -> bool:
    """Tell whether a point lies on one of the three finder patterns (and its white border).

    Args:
        x: dots to the right of the middle.
        y: dots below it.
        side: of the symbol.
    """
    inside = side / 2 - 0.125 * side  # 8 of 65 modules for version 12
    right, low = x > inside, y > inside
    left, high = x < -inside, y < -inside
    return (left and (high or low)) or (right and high)


def _with(sheet: Sheet, image: Image.Image) -> Sheet:
    return Sheet(image, sheet.centre, sheet.side, sheet.text)


def both(
    first: Callable[[Sheet, random.Random], Damage],
    second: Callable[[Sheet, random.Random], Damage],
) -> Callable[[Sheet, random.Random], Damage]:
    """Return one damage after another."""

    def damage(sheet: Sheet, dice: random.Random) -> Damage:
        one = first(sheet, dice)
        other = second(one.sheet, dice)
        return Damage(other.sheet, other.crease or one.crease)

    return damage


# --- capture -------------------------------------------------------------------------------------

Matrix = tuple[tuple[float, float, float], ...]


def capture(damage: Damage, camera: Camera, dice: random.Random) -> Image.Image:
    """Return the picture that a phone takes of a sheet, before it is written as JPEG.

    Args:
        damage: the sheet.
        camera: how it is held.
        dice: angles, blur, light and noise.
    """
    # Each pixel is the mean of several: a sensor's cell gathers light over its whole area.
    finer = 3 if camera.width < 300 else 2
    turns = [math.radians(dice.uniform(-camera.tilt, camera.tilt)) for _ in range(3)]
    seen = _projected(damage, camera, turns=turns, finer=finer, dice=dice).reduce(finer)
    seen = _lit(seen, camera, dice)
    seen = _blurred(seen, camera, dice)
    strength = dice.uniform(*camera.noise)
    grain = Image.merge("RGB", [noise(seen.size, strength, dice) for _ in range(3)])
    return ImageChops.add(seen, grain, 1, -128)


def jpeg(image: Image.Image, quality: int) -> bytes:
    """Return a picture as JPEG."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _projected(
    damage: Damage, camera: Camera, *, turns: list[float], finer: int, dice: random.Random
) -> Image.Image:
    """Return the sheet as a lens throws it on the sensor, ``finer`` times as many pixels."""
    width, height = (finer * length for length in camera.frame)
    focal = 0.72 * width  # a phone's main lens: 26 mm where a frame is 36 mm wide
    distance = focal * damage.sheet.side / (finer * camera.width)
    free = [
        max(0.0, (length - finer * camera.width * 1.3) / 2) / focal * distance
        for length in (width, height)
    ]
    shift = [dice.uniform(-room, room) for room in free]
    rotation = _rotation(*turns)

    def image_of(basis: Matrix, origin: tuple[float, float, float]) -> Matrix:
        """Homography of a plane: its two directions and one point in the sheet's space."""
        columns = [_times(rotation, column) for column in basis]
        start = _times(rotation, origin)
        start = (start[0] + shift[0], start[1] + shift[1], start[2] + distance)
        rows = list(zip(columns[0], columns[1], start, strict=True))
        return (
            tuple(focal * a + width / 2 * c for a, c in zip(rows[0], rows[2], strict=True)),
            tuple(focal * b + height / 2 * c for b, c in zip(rows[1], rows[2], strict=True)),
            tuple(rows[2]),
        )  # type: ignore[return-value]

    flat = image_of(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)), (0.0, 0.0, 0.0))
    seen = _thrown(damage.sheet, flat, (width, height))
    crease = damage.crease
    if crease is None:
        return seen
    dx, dy = math.cos(crease.angle), math.sin(crease.angle)
    # The far side turns about the crease: along it nothing changes, across it goes up.
    across = (-dy * math.cos(crease.bend), dx * math.cos(crease.bend), -math.sin(crease.bend))
    e1 = tuple(dx * along - dy * side for along, side in zip((dx, dy, 0.0), across, strict=True))
    e2 = tuple(dy * along + dx * side for along, side in zip((dx, dy, 0.0), across, strict=True))
    px, py = crease.point
    origin = tuple(
        fixed - px * a - py * b for fixed, a, b in zip((px, py, 0.0), e1, e2, strict=True)
    )
    bent_view = image_of((e1, e2), origin)  # type: ignore[arg-type]
    bent = _thrown(damage.sheet, bent_view, (width, height))
    bent = bent.point(lambda level: int(level * crease.shade))
    far = Image.new("L", damage.sheet.image.size)
    x, y = (m + MM * p for m, p in zip(damage.sheet.centre, crease.point, strict=True))
    reach = 2 * max(far.size)
    corners = [(-reach, 0), (reach, 0), (reach, reach), (-reach, reach)]
    ImageDraw.Draw(far).polygon(
        [(x + u * dx - v * dy, y + u * dy + v * dx) for u, v in corners], fill=255
    )
    side = far.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        _coefficients(damage.sheet, bent_view),
        Image.Resampling.BILINEAR,
    )
    return Image.composite(bent, seen, side)


def _thrown(sheet: Sheet, view: Matrix, size: tuple[int, int]) -> Image.Image:
    return sheet.image.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _coefficients(sheet, view),
        Image.Resampling.BILINEAR,
        fillcolor=DESK,
    )


def _coefficients(sheet: Sheet, view: Matrix) -> list[float]:
    """Return what Pillow wants: from a pixel of the picture to a dot of the sheet."""
    back = _inverse(view)
    x, y = sheet.centre
    rows = [
        [MM * a + x * c for a, c in zip(back[0], back[2], strict=True)],
        [MM * b + y * c for b, c in zip(back[1], back[2], strict=True)],
        list(back[2]),
    ]
    last = rows[2][2]
    return [value / last for row in rows for value in row][:8]


def _inverse(m: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = m
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    return tuple(tuple(value / determinant for value in row) for row in rows)  # type: ignore[return-value]


def _rotation(x: float, y: float, z: float) -> Matrix:
    """Return the rotation about the three axes, in turn."""
    (sx, cx), (sy, cy), (sz, cz) = ((math.sin(turn), math.cos(turn)) for turn in (x, y, z))
    return (
        (cy * cz, sx * sy * cz - cx * sz, cx * sy * cz + sx * sz),
        (cy * sz, sx * sy * sz + cx * cz, cx * sy * sz - sx * cz),
        (-sy, sx * cy, cx * cy),
    )


def _times(m: Matrix, v: tuple[float, ...]) -> tuple[float, float, float]:
    return tuple(sum(a * b for a, b in zip(row, v, strict=True)) for row in m)  # type: ignore[return-value]


def _lit(image: Image.Image, camera: Camera, dice: random.Random) -> Image.Image:
    """Light falls unevenly and has a colour; lenses are darker at the corners."""
    gain = dice.uniform(*camera.light)
    spots = [min(255, int(255 * gain * dice.uniform(0.72, 1.0))) for _ in range(9)]
    light = Image.frombytes("L", (3, 3), bytes(spots)).resize(image.size, Image.Resampling.BICUBIC)
    if camera.shadow:
        light = ImageChops.multiply(light, _shadow(image.size, camera, dice))
    tint = [dice.uniform(0.9, 1.0), dice.uniform(0.95, 1.0), dice.uniform(0.82, 1.0)]
    lights = [light.point(lambda level, t=t: int(level * t)) for t in tint]
    return ImageChops.multiply(image, Image.merge("RGB", lights))


def _shadow(size: tuple[int, int], camera: Camera, dice: random.Random) -> Image.Image:
    """Return the shadow of a hand: half of the light, a soft edge through the middle."""
    depth = int(255 * dice.uniform(0.3, 0.5))
    shade = Image.new("L", size, 255)
    turn = dice.uniform(0, 2 * math.pi)
    x = size[0] / 2 + dice.uniform(-0.3, 0.3) * camera.width
    y = size[1] / 2 + dice.uniform(-0.3, 0.3) * camera.width
    dx, dy = math.cos(turn), math.sin(turn)
    far = 3 * size[0]
    corners = [(-far, 0), (far, 0), (far, far), (-far, far)]
    ImageDraw.Draw(shade).polygon(
        [(x + u * dx - v * dy, y + u * dy + v * dx) for u, v in corners], fill=depth
    )
    return shade.filter(ImageFilter.GaussianBlur(camera.width * 0.02))


def _blurred(image: Image.Image, camera: Camera, dice: random.Random) -> Image.Image:
    """Out of focus, and moved by the hand while the shutter was open."""
    image = image.filter(ImageFilter.GaussianBlur(dice.uniform(*camera.blur)))
    path, turn = dice.uniform(0, camera.motion), dice.uniform(0, math.pi)
    weights = [0.0] * 25
    for step in range(41):
        along = path * (step / 40 - 0.5)
        x, y = 2 + along * math.cos(turn), 2 + along * math.sin(turn)
        left, top = min(3, int(x)), min(3, int(y))
        for u, v in ((0, 0), (1, 0), (0, 1), (1, 1)):
            weight = (1 - abs(x - left - u)) * (1 - abs(y - top - v))
            weights[5 * (top + v) + left + u] += weight
    return image.filter(ImageFilter.Kernel((5, 5), weights, scale=sum(weights)))
