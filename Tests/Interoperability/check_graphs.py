"""GraphML, GEXF and CSV of one case, read by networkx and by the csv module, must say the same.

    check_graphs.py GRAPHML GEXF CSV
"""
import csv
import sys

import networkx


def main(graphml, gexf, table):
    one, other = networkx.read_graphml(graphml), networkx.read_gexf(gexf)
    assert "INVESTIGATIVE LEAD" in one.graph["mark"], one.graph
    assert set(one) == set(other)
    for name in one:
        left, right = dict(one.nodes[name]), dict(other.nodes[name])
        assert left == right, (left, right)

    def edges(graph):
        found = []
        for start, end, data in graph.edges(data=True):
            data = {key: value for key, value in data.items() if key != "id"}
            found.append((*sorted((start, end)), sorted(data.items(), key=str)))
        return sorted(found, key=str)

    assert edges(one) == edges(other)
    protected = {name for name, data in one.nodes(data=True) if data.get("protected")}
    pairs = [data for _, _, data in one.edges(data=True) if data["element"] == "pair"]
    assert protected and pairs
    for start, end, data in one.edges(data=True):
        if {start, end} & protected:
            assert data["element"] == "mention", (start, end, data)
        assert "weight" not in data
    for name in protected:
        assert "cluster" not in one.nodes[name]

    with open(table, newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    counts = {}
    for row in rows:
        assert None not in row and None not in row.values(), row
        counts[row["row"]] = counts.get(row["row"], 0) + 1
        for name, value in row.items():
            if name != "log10_lr":
                assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), row
    for element in ("account", "identifier", "source", "cluster"):
        nodes = sum(1 for _, data in one.nodes(data=True) if data["element"] == element)
        assert nodes == counts.get(element, 0), element
    weights = sorted(float(row["log10_lr"]) for row in rows if row["row"] == "pair")
    assert weights == sorted(data["log10_lr"] for data in pairs)
    print(counts)


main(*sys.argv[1:])
