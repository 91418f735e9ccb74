package indicator

import (
	"math"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
	"xianzhi/stages/normalize/number"
)

// keepsName lists the codes whose members keep the name they are stated under (煤改电, 煤改气).
var keepsName = map[string]bool{"clean_heating_households": true, "new_energy_capacity": true}

func canonical(code string) (string, bool) {
	e, ok := refdata.Lookup(code)
	return e.NameZH, ok
}

// confidence is the estimated probability that value, unit, measure, basis, period, bound and
// code are all right.
func (p *parser) confidence(st *statement, r *schemas.Indicator) float64 {
	c := 0.97 - st.doubt
	if !st.coded {
		c -= 0.06
	}
	if st.q.num.Form != number.Arabic {
		c -= 0.1
	}
	if p.era.years.several() && !st.coded {
		c -= 0.06
	}
	if st.lead.main() == "" && !st.coded {
		c -= 0.04
	}
	if len(r.Flags) > 0 {
		c -= 0.05
	}
	return math.Round(max(c, 0.05)*1000) / 1000
}
