#!/usr/bin/env python3
"""Makes a linkage task of the dumps of sites of Stack Exchange: accounts, and which of them are one person's.

    stackexchange.py accounts.ndjson truth.csv SITE SITE… [--comments 200] [--shared-only]

SITE is the folder of a site's dump, called after the site (english.stackexchange.com), with Users.xml and perhaps
Comments.xml. Every account becomes an account line {id, platform, name, urls, posts}; the truth has a line each, unique_id
and cluster. The cluster is the account's number in the whole network (AccountId), which the lines do not hold. An id is
what `cognate import` calls the account (english.stackexchange.com/users/12). --shared-only leaves out whoever has an
account on one of the sites alone. The order of the lines follows a hash, not the files.
"""
import argparse
import csv
import hashlib
import json
import os
import re
import xml.etree.ElementTree as ElementTree


def rows(path):
    """The attributes of each row of a file, one in memory at a time."""
    root = None
    for event, element in ElementTree.iterparse(path, events=('start', 'end')):
        if root is None:
            root = element
        elif event == 'end' and element.tag == 'row':
            yield element.attrib
            root.clear()


def site_of(folder):
    """The site after which a folder is called, as `cognate import` tells it."""
    name = os.path.basename(os.path.abspath(folder)).lower()
    name = re.sub(r'-(badges|comments|posthistory|postlinks|posts|tags|users|votes)$', '', name)
    return re.sub(r'^meta\.([^.]+)(\.stackexchange\.com)$', r'\1.meta\2', name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('accounts', 'truth'):
        parser.add_argument(name)
    parser.add_argument('sites', nargs='+', metavar='SITE')
    parser.add_argument('--comments', type=int, default=0, help='comments of each account that are kept as posts')
    parser.add_argument('--shared-only', action='store_true')
    arguments = parser.parse_args()
    found = {}
    for folder in arguments.sites:
        site = site_of(folder)
        for row in rows(os.path.join(folder, 'Users.xml')):
            if row.get('AccountId', '-1') in ('-1', '0') or row.get('Id', '-1') == '-1':
                continue
            name = row.get('DisplayName', '')
            line = {'id': f'{site}/users/{row["Id"]}', 'platform': 'stackexchange'}
            # A name that the site gave says nothing.
            if not re.fullmatch(r'user\d+', name):
                line['name'] = name
            if row.get('WebsiteUrl'):
                line['urls'] = [row['WebsiteUrl']]
            found[line['id']] = (row['AccountId'], line)
        comments = os.path.join(folder, 'Comments.xml')
        if arguments.comments and os.path.exists(comments):
            for row in rows(comments):
                _, line = found.get(f'{site}/users/{row.get("UserId")}', (None, None))
                if line and row.get('CreationDate') and len(line.setdefault('posts', [])) < arguments.comments:
                    line['posts'].append({'at': row['CreationDate'] + 'Z', 'text': row.get('Text', ''), 'channel': site})
    sites_of = {}
    for name, (person, _) in found.items():
        sites_of.setdefault(person, set()).add(name.split('/')[0])
    if arguments.shared_only:
        found = {name: one for name, one in found.items() if len(sites_of[one[0]]) > 1}
    order = sorted(found, key=lambda name: hashlib.sha256(name.encode()).digest())
    with open(arguments.accounts, 'w') as out, open(arguments.truth, 'w', newline='') as truth:
        table = csv.writer(truth, lineterminator='\n')
        table.writerow(['unique_id', 'cluster'])
        for name in order:
            person, line = found[name]
            out.write(json.dumps(line, ensure_ascii=False) + '\n')
            table.writerow([name, person])
    print(f'{len(found)} accounts of {len({one[0] for one in found.values()})} persons')


if __name__ == '__main__':
    main()
