package vocabulary

import "math/bits"

// trie is a tree of characters. Node 0 is its root; the edges of all nodes stand in one hash table.
type trie struct {
	word    []int32 // by node: the number of the word that ends there, from 1; 0 for none
	edges   []edge  // open addressing, a power of two long
	rare    map[rareEdge]link
	shift   uint
	count   int
	opening Filter // the characters that words begin with
}

// rareEdge is one by a character beyond the first 65,536, or beyond as many nodes.
type rareEdge struct {
	node int32
	r    rune
}

// edge leads from a node to another by a character; a key of 0 is a free place. Edges are as small as
// can be, as most of the time goes by until they come from memory.
type edge struct {
	key uint32 // node and character
	to  link
}

// link is a node and what is to be known there first: whether a word ends at it and which characters
// words may go on with, told apart by a remainder, so that most lookups end without another look into
// memory. 0 is none.
type link uint32

const (
	endsWord  link = 1
	nextBits       = 11
	linkBits       = 1 + nextBits
	manyNodes      = 1 << (32 - linkBits)
)

func (k link) node() int32 { return int32(k >> linkBits) }

// next is what a link tells of a character that words go on with.
func next(r rune) link { return 2 << (uint32(r) % nextBits) }

// key returns the key of an edge, 0 for one that does not fit and stands in rare.
func key(node int32, r rune) uint32 {
	if uint32(r) > 0xFFFF || node > 0xFFFF {
		return 0
	}
	return uint32(node)<<16 | uint32(r)
}

func (t *trie) place(k uint32) uint32 { return k * 0x9E3779B1 >> t.shift }

// start makes the root.
func (t *trie) start() {
	if t.word == nil {
		t.word = []int32{0}
		t.resize(16)
	}
}

func (t *trie) resize(size int) {
	old := t.edges
	t.edges, t.shift = make([]edge, size), uint(32-bits.Len(uint(size-1)))
	for _, e := range old {
		if e.key != 0 {
			t.insert(e)
		}
	}
}

func (t *trie) insert(e edge) {
	i := t.place(e.key)
	for t.edges[i].key != 0 {
		i = (i + 1) & uint32(len(t.edges)-1)
	}
	t.edges[i] = e
}

// add returns the node of a word, which it adds if there is none.
func (t *trie) add(word []rune) int32 {
	t.start()
	at, before := link(0), link(0)
	for i, r := range word {
		to := t.child(at, r)
		if to == 0 {
			if i > 0 {
				t.mark(before.node(), word[i-1], next(r))
			}
			to = t.grow(at.node(), r)
		}
		at, before = to, at
	}
	if n := len(word); n > 0 {
		t.mark(before.node(), word[n-1], endsWord)
	}
	return at.node()
}

// grow adds a child to a node.
func (t *trie) grow(node int32, r rune) link {
	if node == 0 {
		t.opening.Add(r)
	}
	t.word = append(t.word, 0)
	if len(t.word) > manyNodes {
		panic("vocabulary: more characters than a trie holds")
	}
	to := link(len(t.word)-1) << linkBits
	k := key(node, r)
	if k == 0 {
		if t.rare == nil {
			t.rare = map[rareEdge]link{}
		}
		t.rare[rareEdge{node, r}] = to
		return to
	}
	if t.count++; 2*t.count > len(t.edges) {
		t.resize(2 * len(t.edges))
	}
	t.insert(edge{k, to})
	return to
}

// mark adds to what an edge that there is tells of its node.
func (t *trie) mark(node int32, r rune, what link) {
	k := key(node, r)
	if k == 0 {
		t.rare[rareEdge{node, r}] |= what
		return
	}
	i := t.place(k)
	for t.edges[i].key != k {
		i = (i + 1) & uint32(len(t.edges)-1)
	}
	t.edges[i].to |= what
}

// may reports whether a character may lead anywhere from where a link, 0 at first, has led. Most do
// not, and it is cheaper to ask than child.
func (t *trie) may(from link, r rune) bool {
	return from&next(r) != 0 || from == 0 && t.opening.May(r)
}

// child returns where a character leads to from where a link, 0 at first, has led; 0 if nowhere.
func (t *trie) child(from link, r rune) link {
	node := from.node()
	k := key(node, r)
	if k == 0 {
		return t.rare[rareEdge{node, r}]
	}
	for i := t.place(k); ; i = (i + 1) & uint32(len(t.edges)-1) {
		if e := t.edges[i]; e.key == k {
			return e.to
		} else if e.key == 0 {
			return 0
		}
	}
}

// longest returns the length and number of the longest word that s begins with; 0 if there is none.
func (t *trie) longest(s string) (n int, number int32) {
	for i, at := 0, link(0); i < len(s); {
		r, size := first(s[i:])
		if !t.may(at, r) {
			break
		}
		if at = t.child(at, r); at == 0 {
			break
		}
		i += size
		if at&endsWord != 0 {
			n, number = i, t.word[at.node()]
		}
	}
	return n, number
}
