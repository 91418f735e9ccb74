package vocabulary

import "math/bits"

// trie is a tree of characters. Node 0 is its root; the edges of all nodes stand in one hash table.
type trie struct {
	word    []int32 // by node: the number of the word that ends there, from 1; 0 for none
	edges   []edge  // open addressing, a power of two long
	rare    map[rareEdge]int32
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
	to  int32
}

// key returns the key of an edge, 0 for one that does not fit and stands in rare.
func key(node int32, r rune) uint32 {
	if uint32(r) > 0xFFFF || node > 0xFFFF {
		return 0
	}
	return uint32(node)<<16 | uint32(r)
}

func (t *trie) place(k uint32) uint32 { return k * 0x9E3779B1 >> t.shift }

// start returns the root of a trie that is to grow.
func (t *trie) start() int32 {
	if t.word == nil {
		t.word = []int32{0}
		t.resize(16)
	}
	return 0
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

// grow returns the child of a node, which it adds if there is none.
func (t *trie) grow(node int32, r rune) int32 {
	if to := t.child(node, r); to != 0 {
		return to
	}
	if node == 0 {
		t.opening.Add(r)
	}
	t.word = append(t.word, 0)
	to := int32(len(t.word) - 1)
	k := key(node, r)
	if k == 0 {
		if t.rare == nil {
			t.rare = map[rareEdge]int32{}
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

// child returns the node that a character leads to, 0 if there is none.
func (t *trie) child(node int32, r rune) int32 {
	if node == 0 && !t.opening.May(r) {
		return 0
	}
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
	if s == "" {
		return 0, 0
	}
	r, size := first(s)
	if !t.opening.May(r) {
		return 0, 0
	}
	for i, at := 0, int32(0); ; r, size = first(s[i:]) {
		if at = t.child(at, r); at == 0 {
			break
		}
		i += size
		if w := t.word[at]; w > 0 {
			n, number = i, w
		}
		if i == len(s) {
			break
		}
	}
	return n, number
}
