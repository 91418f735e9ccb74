package project

import (
	"errors"
	"fmt"
	"strconv"

	"xianzhi/stages/pattern"
)

// predicates are what may be said of an undertaking behind its name: 完成投资6亿元, 纳入国家规划.
type predicates struct {
	exprs []string
	of    []*pattern.Pattern
	said  []verb
	any   *pattern.Set
}

// predicateEnds are the characters that predicates end in.
const predicateEnds = "业级坡迁拆招标划单录围子笼库案》持设展破元右上务%半点准研审复项环书评批可工建施段整活置升放件瓦里亩米处座户水电产用车通营投并成作究续备进证动"

func (p *predicates) read(r []string) error {
	rank, noRank := strconv.Atoi(r[2])
	f, noForce := numbered[force](forces[:], r[3])
	if err := errors.Join(noRank, noForce); err != nil {
		return err
	}
	expr := `(?:` + r[0] + `)$`
	one, err := pattern.Compile(expr)
	if err != nil {
		return fmt.Errorf("the pattern: %w", err)
	}
	p.exprs, p.of = append(p.exprs, expr), append(p.of, one)
	p.said = append(p.said, verb{status: r[1], rank: rank, force: f, place: trailing})
	return nil
}

// load makes the set of what read took.
func (p *predicates) load() (err error) {
	p.any, err = pattern.CompileSet(p.exprs...)
	return err
}

// close returns the length of the longest predicate that an object ends in, 0 for none, and what it says.
func (p *predicates) close(o string) (n int, said *verb) {
	if kindsOf[lastRune(o)&4095]&predicateEnd == 0 {
		return 0, nil
	}
	for _, i := range p.any.Match(o) {
		if at := p.of[i].FindStringIndex(o); at != nil && at[0] > 0 && len(o)-at[0] > n {
			n, said = len(o)-at[0], &p.said[i]
		}
	}
	return n, said
}
