"""Reads results of twostacks into pandas, typed as datapackage.json beside the tables says.

    import twostacks
    run = twostacks.read("results/baseline")
    world = run["world"]

Works with pandas 1.5 to 3. Put this folder on the path of Python, or copy the file.
"""

import gzip
import hashlib
import io
import json
import pathlib

import pandas as pd

__all__ = ["Results", "read"]


class Results:
    """A directory of results.

    `about` is what twostacks says about them (seed, replicates, horizon, ...), `names` are their tables, and
    `results[name]` is a table: months are timestamps of their first day, missing values are NaN (NA for whole numbers
    and truths), and texts are categories where they repeat.
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        described = self.path / "datapackage.json"
        if not described.is_file():
            raise FileNotFoundError(f"{self.path} holds no results: it has no datapackage.json")
        package = json.loads(described.read_text(encoding="utf-8"))
        self.title = package["title"]
        self.about = package["twostacks"]
        self._resources = {r["name"]: r for r in package["resources"] if "fields" in r.get("schema", {})}
        self._tables = {}

    @property
    def names(self):
        return list(self._resources)

    def __repr__(self):
        return f"<{self.title}: {', '.join(self.names)}>"

    def __getitem__(self, name):
        if name not in self._tables:
            self._tables[name] = self._load(self._resource(name))
        return self._tables[name].copy()

    def columns(self, name):
        """What the columns of a table are: type, unit and meaning, by name."""
        fields = self._resource(name)["schema"]["fields"]
        rows = [(f["name"], f["type"], f.get("unit", ""), f.get("description", "")) for f in fields]
        return pd.DataFrame(rows, columns=["name", "type", "unit", "meaning"]).set_index("name")

    def inside(self, folder):
        """Results in a folder of these, such as the base of a comparison or the sensitivity of a sweep."""
        return Results(self.path / folder)

    def _resource(self, name):
        if name not in self._resources:
            raise KeyError(f"{self.path} has no table {name!r}; it has {', '.join(self.names)}")
        return self._resources[name]

    def _load(self, resource):
        file = self.path / resource["path"]
        content = file.read_bytes()
        if file.suffix == ".gz":
            content = gzip.decompress(content)
        promised = resource.get("contentHash" if file.suffix == ".gz" else "hash", "")
        if promised and promised != "sha256:" + hashlib.sha256(content).hexdigest():
            raise ValueError(f"{file} is not as it was written; make it again")
        fields = resource["schema"]["fields"]
        texts = {f["name"]: "category" if f["type"] == "string" else str for f in fields
                 if f["type"] not in ("number", "integer")}
        numbers = {f["name"]: "float64" for f in fields if f["type"] == "number"}
        whole = {f["name"]: "Int64" for f in fields if f["type"] == "integer"}
        # Nothing but an empty field is missing: a text may well be "None" or "NA".
        table = pd.read_csv(io.BytesIO(content), dtype={**texts, **numbers, **whole}, keep_default_na=False,
                            na_values=[""])
        for field in fields:
            name = field["name"]
            if field["type"] == "yearmonth":
                table[name] = pd.to_datetime(table[name], format="%Y-%m")
            elif field["type"] == "boolean":
                table[name] = table[name].map({"true": True, "false": False}).astype("boolean")
            elif field["type"] == "integer" and not table[name].isna().any():
                table[name] = table[name].astype("int64")
        return table


def read(path):
    """Opens a directory of results: of a run, a comparison, a sweep, a hindcast, or a part of one."""
    return Results(path)
