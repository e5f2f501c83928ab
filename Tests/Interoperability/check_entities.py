"""Nothing of a FollowTheMoney export may be lost when the library reads and cleans it.

    check_entities.py EXPORT VALIDATED

Telephone numbers may be: libphonenumber holds the numbers kept for drama, which invented cases use, for invalid.
"""
import json
import sys


def entities(path):
    with open(path, encoding="utf-8") as lines:
        return {entity["id"]: entity for entity in map(json.loads, lines)}


def main(before, after):
    written, read = entities(before), entities(after)
    assert written.keys() == read.keys(), "entities were lost"
    schemata = {}
    for key, entity in written.items():
        other = read[key]
        schemata[entity["schema"]] = schemata.get(entity["schema"], 0) + 1
        assert entity["cognate"] == other["cognate"], f"{key}: the context differs"
        for name, values in entity["properties"].items():
            kept = other["properties"].get(name, [])
            if name not in ("phone", "sourceUrl"):
                assert len(set(values)) == len(kept), f"{key}: {name} {values} became {kept}"
        assert "confidenceScore" not in entity["properties"]
        if entity["schema"] == "Similar":
            for end in ("candidate", "match"):
                (account,) = entity["properties"][end]
                assert written[account]["schema"] == "UserAccount"
                assert not written[account]["cognate"]["protected"], f"{key} joins a protected account"
            assert isinstance(entity["cognate"]["log10_lr"], (int, float))
            assert len(entity["cognate"]["propositions"]) == 2
    assert schemata.get("UserAccount") and schemata.get("Similar") and schemata.get("Document"), schemata
    print(schemata)


main(*sys.argv[1:])
