package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"xianzhi/schemas/refdata"
)

// The years of which reports are made up.
const firstYear, lastYear = 1998, 2025

// place is a region over some years; it may change its code and name among them.
type place struct {
	first int                 // report year
	in    []*refdata.Division // from the year before the first report on
}

// at is the region as it was in a year.
func (p place) at(year int) *refdata.Division { return p.in[year-p.first+1] }

// choosePlaces draws n regions with so many report years each; none occurs twice.
func choosePlaces(r *rand.Rand, n, years int) ([]place, error) {
	var places []place
	used := map[*refdata.Division]bool{}
	all := refdata.Divisions().All()
	for _, i := range r.Perm(len(all)) {
		if len(places) == n {
			return places, nil
		}
		p := place{first: firstYear + r.IntN(lastYear-firstYear-years+2)}
		if end := all[i].To; end > firstYear { // show the change
			p.first = min(max(end-r.IntN(years), firstYear), lastYear-years+1)
		}
		for year := p.first - 1; year < p.first+years; year++ {
			d, ok := all[i].In(year)
			if !ok || used[d] || title(d) == "" {
				break
			}
			p.in = append(p.in, d)
		}
		if len(p.in) <= years {
			continue
		}
		for _, d := range p.in {
			used[d] = true
		}
		places = append(places, p)
	}
	if len(places) < n {
		return nil, fmt.Errorf("there are only %d regions with %d years: give more -years", len(places), years)
	}
	return places, nil
}

// levelWord is what a report calls its own region: 全县, 我县. Regions without a people's
// congress (地区, 盟) have none here.
func levelWord(d *refdata.Division) string {
	for _, word := range []string{"自治区", "省", "市", "县", "旗", "州", "区"} {
		if strings.HasSuffix(d.Name, word) && !strings.HasSuffix(d.Name, "地区") && !strings.HasSuffix(d.Name, "行政区") {
			return word
		}
	}
	return ""
}

// title is the head of the region's government: 县长, 自治区主席.
func title(d *refdata.Division) string {
	switch word := levelWord(d); word {
	case "":
		return ""
	case "自治区":
		return "主席"
	default:
		return word + "长"
	}
}

// parents are the names of a region's parents: 山西省运城市.
func parents(d *refdata.Division) string {
	name := ""
	for _, p := range []*refdata.Division{d.Province, d.Prefecture} {
		if p != nil {
			name += p.Name
		}
	}
	return name
}

// isHomonym reports whether the name alone does not tell the region in a year.
func isHomonym(d *refdata.Division, year int) bool {
	n := 0
	for _, other := range refdata.Divisions().All() {
		if other.Name == d.Name && (other.InForce(year) || other.To == year) {
			n++
		}
	}
	return n > 1
}
