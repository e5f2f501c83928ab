#!/usr/bin/env python3
"""Trains the style encoder: the first layers of a pretrained sentence encoder, taught further to tell authors apart.

    encoder.py TASKS PRETRAINED -o style-encoder.bin [--layers 2] [--vocabulary 8000] [--steps 1200] [--kept 0.8] [--seed 1]

TASKS holds NAME.docs.ndjson.gz ({author, split, side, text}); NAME is CORPUS-KIND-LENGTH. Only documents of split 'fit'
are read. PRETRAINED holds vocab.txt and model.safetensors of a BERT of 384 numbers a token, such as all-MiniLM-L6-v2
(Apache 2.0). Needs NumPy, JAX, Optax and safetensors; about 40 minutes of CPU. Another version of them rounds otherwise.

Pieces. A run of letters, digits and the marks upon them, or any other scalar but white space, is a token. Letters become
small and lose their accents (scalar by scalar; canonical decomposition without nonspacing marks); the longest pieces of
the vocabulary then cover the token from left to right, those behind the first with '##' before them (WordPiece; Wu and
others, 2016). A token that they cannot cover, or of more than 100 scalars, is '[UNK]', a link '[LINK]', a mention
'[MENTION]'. Each piece has a shape, 4 * case + gap. Case of its token: 0 without capitals, 1 with one at its beginning
alone, 2 of several letters, all capitals, 3 else. Gap before it: 0 none, also of pieces within a token and at the
beginning of a text; 1 white space; 2 a newline alone; 3 more with a newline.

Windows. The pieces of a text are cut evenly into as few windows of at most 62 as will do, each within '[CLS]' and
'[SEP]'. What comes out of the last layer is summed over all windows, those two included, and divided by their count.

Model. x = norm(word[id] + place[i] + shape[s]); a layer is x = norm(x + attention(x)), x = norm(x + dense(gelu(dense(x))))
as in BERT (Devlin and others, 2019), with 12 heads and gelu(x) = x / (1 + exp(-1.5957691 x (1 + 0.044715 x x))).

Learning. Documents are cut into windows of 250 characters; a step draws 128 authors of one corpus and for each one window
on side A and one on side B of one task. Loss: InfoNCE both ways, temperature 0.1, of 128 directions of what comes out,
which are learnt along and thrown away; a tenth of the pieces becomes '[MASK]'. AdamW (0.9, 0.99), decay 0.01, 30 steps of
warming up, then half a cosine down to 5%. Weights are rounded while they are learnt as the file rounds them, and
gradients pass through (straight-through estimator; Bengio and others, 2013). What is
written is --kept of what was learnt and the rest of what it began as, which does better on texts of other kinds and no worse on
these (Wortsman and others, 2022).

File, little endian: 8 bytes 'COGSTEN1'; u32 layers, u32 pieces v, u32 numbers a token d, u32 heads, u32 inner size, u32
places p, u32 shapes; u32 bytes of the vocabulary and the vocabulary, a piece a line, in UTF-8; then matrices and f32
vectors: word (v rows of d), place (p of d), shape, norm weight and bias; of each layer the matrices query, key, value and
output (d of d each, a row for each number that comes out), each followed by its bias, norm weight and bias, inner (a row of d
for each), bias, outer (d rows of inner size), bias, norm weight and bias. A matrix is u16[rows * columns / 64], the upper
half of the f32 scale of each 64 weights, then as many weights in 4 bits, the first in the low half of a byte: -7 to 7, plus 8."""
import argparse
import glob
import gzip
import json
import os
import re
import struct
import sys
import unicodedata

os.environ.setdefault('XLA_FLAGS', '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1')
os.environ['OMP_NUM_THREADS'] = os.environ['OPENBLAS_NUM_THREADS'] = '1'
import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import load_file

PIECE, WINDOW, GROUP, SHAPES, DIRECTIONS = 250, 62, 64, 16, 128
PAD, UNKNOWN, CLS, SEP, MASK, LINK, MENTION = range(7)
SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[LINK]', '[MENTION]']
PRETRAINED_NAME = {'[LINK]': '[unused1]', '[MENTION]': '[unused2]'}

# The classes of Sources/Stylometry/Profile/ScalarClass.swift.
SPACE = '\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'
MARK = ('!-/:-@\\[-^`{-\x7f\x00-\x08\x0e-\x1b\x80-\x84\x86-\x9f\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u05be\u05c0'
        '\u05c3\u05f3\u05f4\u060c\u060d\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2bff\u2e00-\u2e7f'
        '\u3001-\u303f\ue000-\uf8ff\ufe00-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff'
        '\U0001f000-\U0001faff\U000e0000-\U0010ffff')
TOKEN = re.compile(f'[^{SPACE}{MARK}_]+|[{MARK}_]')
LINK_TEXT = re.compile(r'(?:(?:https?|ftp)://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+', re.I)
MENTION_TEXT = re.compile(r'(?<!\S)@\w[\w.-]*')


class Pieces:
    """The vocabulary, and how texts are cut by it."""

    def __init__(self, names):
        self.ids = {name: i for i, name in enumerate(names)}
        self.known = {}

    def of_token(self, token):
        if token in self.known:
            return self.known[token]
        plain = unicodedata.normalize('NFD', ''.join(c.lower() for c in token))
        plain = ''.join(c for c in plain if unicodedata.category(c) != 'Mn')
        found, start = [], 0
        while start < len(plain) <= 100:
            end = len(plain)
            while end > start and ('##' if start else '') + plain[start:end] not in self.ids:
                end -= 1
            if end == start:
                break
            found.append(self.ids[('##' if start else '') + plain[start:end]])
            start = end
        self.known[token] = found if plain and start == len(plain) else [UNKNOWN]
        return self.known[token]

    def of_text(self, text):
        """Pieces and shapes of a text."""
        text = MENTION_TEXT.sub('\ue001', LINK_TEXT.sub('\ue000', text))
        ids, shapes, last = [], [], 0
        for match in TOKEN.finditer(text):
            token, before = match.group(), text[last:match.start()]
            last = match.end()
            found = {'\ue000': [LINK], '\ue001': [MENTION]}.get(token) or self.of_token(token)
            gap = 0 if not before or not ids else 1 if '\n' not in before else 2 if before == '\n' else 3
            ids += found
            shapes += [4 * case(token) + gap] + [4 * case(token)] * (len(found) - 1)
        return np.array(ids, np.int32), np.array(shapes, np.int32)


def case(token):
    capital = [c.isupper() for c in token]
    if not any(capital):
        return 0
    if capital[0] and not any(capital[1:]):
        return 1
    return 2 if len(token) > 1 and all(c or not d.islower() for c, d in zip(capital, token)) else 3


def read_pieces(folder, corpora):
    """By corpus, of each author by task the windows of 250 characters of side A and of side B."""
    people = {c: {} for c in corpora}
    for path in sorted(glob.glob(os.path.join(folder, '*.docs.ndjson.gz'))):
        task = os.path.basename(path).split('.')[0]
        if task.split('-')[0] not in people:
            continue
        for line in gzip.open(path, 'rt', encoding='utf8'):
            doc = json.loads(line)
            if doc['split'] != 'fit':
                continue
            author = people[task.split('-')[0]].setdefault(doc['author'], {})
            sides = author.setdefault(task, {'A': [], 'B': []})
            text = doc['text']
            sides[doc['side'][0]].append([text[j:j + PIECE] for j in range(0, max(1, len(text) - PIECE + 1), PIECE)])
    return people


def counted(names, texts):
    """How often each piece of a vocabulary comes in some texts."""
    counts, pieces = np.zeros(len(names), np.int64), Pieces(names)
    for text in texts:
        np.add.at(counts, pieces.of_text(text)[0], 1)
    return counts


def commonest(names, counts, size):
    """Places of the most common pieces, all single letters and what stands for something else, ascending."""
    always = {i for i, n in enumerate(names) if i < len(SPECIAL) or (len(n.removeprefix('##')) == 1 and n.isascii())}
    best = sorted((i for i in range(len(names)) if i not in always and counts[i]), key=lambda i: (-counts[i], i))
    return sorted(always | set(best[:size - len(always)]))


def pretrained(W, vocabulary, layers):
    """The weights to start from; matrices have a row for each number that comes out."""
    def dense(name):
        return W[name + '.weight'], W[name + '.bias']
    p = {'word': W['embeddings.word_embeddings.weight'][vocabulary],
         'place': W['embeddings.position_embeddings.weight'][:WINDOW + 2] + W['embeddings.token_type_embeddings.weight'][0],
         'shape': np.zeros((SHAPES, W['embeddings.LayerNorm.weight'].size)), 'norm': dense('embeddings.LayerNorm'),
         'layers': []}
    for i in range(layers):
        at = f'encoder.layer.{i}.'
        p['layers'].append({
            'query': dense(at + 'attention.self.query'), 'key': dense(at + 'attention.self.key'),
            'value': dense(at + 'attention.self.value'), 'output': dense(at + 'attention.output.dense'),
            'norm': dense(at + 'attention.output.LayerNorm'), 'inner': dense(at + 'intermediate.dense'),
            'outer': dense(at + 'output.dense'), 'last': dense(at + 'output.LayerNorm')})
    d = p['word'].shape[1]
    p['directions'] = np.linalg.qr(np.random.default_rng(0).normal(size=(d, d)))[0][:, :DIRECTIONS]
    return jax.tree.map(lambda x: jnp.asarray(x, jnp.float32), p)


def scales(groups):
    """Scale of each group of weights, as short as the file has it."""
    scale = jnp.max(jnp.abs(groups), -1, keepdims=True) / 7
    bits = jax.lax.bitcast_convert_type(scale, jnp.uint32)
    bits = (bits + jnp.uint32(0x8000)) & jnp.uint32(0xFFFF0000)
    return jnp.maximum(jax.lax.bitcast_convert_type(bits, jnp.float32), 1e-20)


def rounded(matrix):
    """A matrix as the file will hold it; its gradient is that of the matrix."""
    groups = jax.lax.stop_gradient(matrix).reshape(-1, GROUP)
    scale = scales(groups)
    kept = (jnp.clip(jnp.round(groups / scale), -7, 7) * scale).reshape(matrix.shape)
    return matrix + jax.lax.stop_gradient(kept - matrix)


def norm(x, weights):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean)**2).mean(-1, keepdims=True) + 1e-12) * weights[0] + weights[1]


def as_filed(p):
    """The weights as the file will hold them."""
    return {'word': rounded(p['word']), 'place': rounded(p['place']), 'shape': rounded(p['shape']), 'norm': p['norm'],
            'layers': [{k: v if k in ('norm', 'last') else (rounded(v[0]), v[1]) for k, v in y.items()} for y in p['layers']]}


def encode(p, ids, shapes, mask, heads=12):
    """Sums over the pieces of each window of what comes out for them."""
    b, l = ids.shape
    x = norm(p['word'][ids] + p['place'][None, :l] + p['shape'][shapes], p['norm'])
    hidden = jnp.where(mask, 0., -1e9)[:, None, None, :]
    for y in p['layers']:
        dense = lambda h, n: h @ y[n][0].T + y[n][1]
        q, k, v = [dense(x, n).reshape(b, l, heads, -1).transpose(0, 2, 1, 3) for n in ('query', 'key', 'value')]
        a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]).astype(np.float32) + hidden, -1)
        x = norm(x + dense((a @ v).transpose(0, 2, 1, 3).reshape(b, l, -1), 'output'), y['norm'])
        h = dense(x, 'inner')
        x = norm(x + dense(h * jax.nn.sigmoid(1.5957691 * h * (1 + 0.044715 * h * h)), 'outer'), y['last'])
    return (x * mask[..., None]).sum(1)


def padded(windows):
    ids = np.full((len(windows), WINDOW + 2), PAD, np.int32)
    shapes, mask = np.zeros_like(ids), np.zeros(ids.shape, bool)
    for row, (i, s) in enumerate(windows):
        n = min(len(i), WINDOW)
        ids[row, 0], ids[row, 1:n + 1], ids[row, n + 1] = CLS, i[:n], SEP
        shapes[row, 1:n + 1] = s[:n]
        mask[row, :n + 2] = True
    return ids, shapes, mask


def learn(p, people, pieces, o):
    rng, cut = np.random.default_rng(o.seed), {}
    pools = [[t for t in ([(s['A'], s['B']) for s in tasks.values() if s['A'] and s['B']] for _, tasks in sorted(c.items())) if t]
             for c in people.values()]

    def window(document):
        text = document[rng.integers(len(document))]
        if text not in cut:
            cut[text] = pieces.of_text(text)
        return cut[text]

    def draw():
        pool, sides = pools[rng.integers(len(pools))], ([], [])
        for x in rng.permutation(len(pool))[:o.batch]:
            task = pool[x][rng.integers(len(pool[x]))]
            for side, documents in zip(sides, task):
                side.append(window(documents[rng.integers(len(documents))]))
        return padded(sides[0] + sides[1])

    rate = optax.warmup_cosine_decay_schedule(0, o.rate, 30, o.steps, o.rate * 0.05)
    optimiser = optax.adamw(rate, b2=0.99, weight_decay=0.01)

    def loss(p, ids, shapes, mask, key):
        ids = jnp.where(jax.random.bernoulli(key, 1 - o.dropout, mask.shape) | ~mask, ids, MASK)
        e = encode(as_filed(p), ids, shapes, mask) / mask.sum(1, keepdims=True) @ p['directions']
        e = e / jnp.linalg.norm(e, axis=1, keepdims=True)
        h = e.shape[0] // 2
        z, same = e[:h] @ e[h:].T / o.temperature, jnp.arange(h)
        entropy = optax.softmax_cross_entropy_with_integer_labels
        return (entropy(z, same).mean() + entropy(z.T, same).mean()) / 2

    @jax.jit
    def step(p, state, ids, shapes, mask, key):
        value, gradient = jax.value_and_grad(loss)(p, ids, shapes, mask, key)
        update, state = optimiser.update(gradient, state, p)
        return optax.apply_updates(p, update), state, value

    state, key, recent = optimiser.init(p), jax.random.key(o.seed), []
    for t in range(1, o.steps + 1):
        key, own = jax.random.split(key)
        p, state, value = step(p, state, *draw(), own)
        recent.append(float(value))
        if t % 25 == 0:
            print(f'step {t}: loss {np.mean(recent[-25:]):.3f}', file=sys.stderr, flush=True)
    return p


def packed(matrix):
    groups = jnp.asarray(matrix, jnp.float32).reshape(-1, GROUP)
    scale = scales(groups)
    steps = np.asarray(jnp.clip(jnp.round(groups / scale), -7, 7)).astype(np.int8).reshape(-1) + 8
    bits = np.asarray(scale).reshape(-1).view(np.uint32) >> 16
    return bits.astype('<u2').tobytes() + (steps[::2] | steps[1::2] << 4).astype(np.uint8).tobytes()


def write(path, p, names, heads=12):
    vector = lambda v: np.asarray(v, '<f4').tobytes()
    text = '\n'.join(names).encode()
    inner = p['layers'][0]['inner'][0].shape[0] if p['layers'] else 0
    with open(path, 'wb') as f:
        f.write(b'COGSTEN1')
        f.write(struct.pack('<8I', len(p['layers']), len(names), p['word'].shape[1], heads, inner, WINDOW + 2, SHAPES, len(text)))
        f.write(text)
        for part in ('word', 'place', 'shape'):
            f.write(packed(p[part]))
        f.write(vector(p['norm'][0]) + vector(p['norm'][1]))
        for y in p['layers']:
            for part in ('query', 'key', 'value', 'output', 'norm', 'inner', 'outer', 'last'):
                f.write((vector if part in ('norm', 'last') else packed)(y[part][0]) + vector(y[part][1]))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('tasks')
    a.add_argument('pretrained')
    a.add_argument('-o', '--output', required=True)
    a.add_argument('--corpora', default='blogs,irc')
    a.add_argument('--layers', type=int, default=2)
    a.add_argument('--vocabulary', type=int, default=8000)
    a.add_argument('--steps', type=int, default=1200)
    a.add_argument('--batch', type=int, default=128)
    a.add_argument('--rate', type=float, default=2e-4)
    a.add_argument('--temperature', type=float, default=0.1)
    a.add_argument('--dropout', type=float, default=0.1)
    a.add_argument('--kept', type=float, default=0.8)
    a.add_argument('--seed', type=int, default=1)
    o = a.parse_args()
    people = read_pieces(o.tasks, o.corpora.split(','))
    texts = [t for c in people.values() for tasks in c.values() for s in tasks.values() for d in s['A'] + s['B'] for t in d]
    if not texts:
        sys.exit(f'{o.tasks}: no document of split "fit" of the corpora {o.corpora}; give the folder of the tasks')
    theirs = open(os.path.join(o.pretrained, 'vocab.txt'), encoding='utf8').read().split('\n')
    place = {n: i for i, n in enumerate(theirs)}
    names = SPECIAL + [n for n in theirs if n and not re.fullmatch(r'\[(?:PAD|UNK|CLS|SEP|MASK|unused\d+)\]', n)]
    counts = counted(names, texts)
    chosen = commonest(names, counts, o.vocabulary)
    print(f'{len(texts)} windows; {len(chosen)} pieces, {counts[chosen].sum() / counts.sum():.4f} of all', file=sys.stderr)
    names = [names[i] for i in chosen]
    W = load_file(os.path.join(o.pretrained, 'model.safetensors'))
    first = pretrained(W, [place[PRETRAINED_NAME.get(n, n)] for n in names], o.layers)
    learnt = learn(first, people, Pieces(names), o)
    write(o.output, jax.tree.map(lambda x, y: o.kept * x + (1 - o.kept) * y, learnt, first), names)


if __name__ == '__main__':
    main()
