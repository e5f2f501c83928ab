#!/usr/bin/env python3
"""Makes a linkage task of the .mailmap of a project: identities of version control, and who is behind them.

    mailmap.py .mailmap identities.ndjson truth.csv

A project's .mailmap says by hand which names and addresses in its history are one person's (gitmailmap(5)). Every
identity it names becomes an account line {id, name, email}; the truth has a line each, unique_id and cluster. A person
is a proper address, and addresses with one proper name of two words or more are one person's. An identity that is
listed without its name has the proper one. The order of the lines follows a hash, not the file.
"""
import argparse
import csv
import hashlib
import json
import re

ENTRY = re.compile(r'([^<>]*)<([^<>]*)>')


def entries(path):
    """[(proper name, proper address, commit name, commit address)]; what is not given is empty."""
    found = []
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in lines:
            parts = [(name.strip(), address.strip()) for name, address in ENTRY.findall(line.split('#')[0])]
            if parts:
                found.append((*parts[0], *(parts[1] if len(parts) > 1 else ('', ''))))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('mailmap', 'identities', 'truth'):
        parser.add_argument(name)
    arguments = parser.parse_args()
    found = entries(arguments.mailmap)
    proper = {}
    for name, address, _, _ in found:
        if name:
            proper.setdefault(address.lower(), name)
    person_of_name = {}
    persons = {}
    for name, address, commit_name, commit_address in found:
        name = name or proper.get(address.lower(), '')
        person = address.lower()
        if len(name.split()) > 1:
            person = person_of_name.setdefault(name.lower(), person)
        persons[name, address] = person
        if commit_address:
            persons[commit_name or name, commit_address] = person
    order = sorted(persons, key=lambda identity: hashlib.sha256(repr(identity).encode()).digest())
    clusters = {}
    with open(arguments.identities, 'w') as out, open(arguments.truth, 'w', newline='') as truth:
        rows = csv.writer(truth, lineterminator='\n')
        rows.writerow(['unique_id', 'cluster'])
        for number, (name, address) in enumerate(order):
            out.write(json.dumps({'id': f'i{number}', 'name': name, 'email': address}, ensure_ascii=False) + '\n')
            rows.writerow([f'i{number}', clusters.setdefault(persons[name, address], len(clusters))])
    print(f'{len(persons)} identities of {len(clusters)} persons')


if __name__ == '__main__':
    main()
