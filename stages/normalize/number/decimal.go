package number

import (
	"math/big"
	"strconv"
	"strings"
)

// Decimal is an exact decimal: digits × 10^exp. The zero value is 0. Multipliers (万, 亿) and
// percent shifts move the exponent, so that a float64 is made once, correctly rounded, at the end.
type Decimal struct {
	neg    bool
	digits string // without leading zeros; "" is zero
	exp    int
}

// FromInt returns n as a Decimal.
func FromInt(n int64) Decimal {
	d := Decimal{neg: n < 0, digits: strings.TrimPrefix(strconv.FormatInt(n, 10), "-")}
	if n == 0 {
		d.digits = ""
	}
	return d
}

// Float returns d × 10^shift, correctly rounded.
func (d Decimal) Float(shift int) float64 {
	if d.digits == "" {
		return 0
	}
	if f, ok := d.quotient(shift, 1, 1); ok {
		return f
	}
	f, _ := strconv.ParseFloat(d.digits+"e"+strconv.Itoa(d.exp+shift), 64) // digits only: cannot fail but by range
	if d.neg {
		return -f
	}
	return f
}

// Scaled returns d × 10^shift × numerator/denominator, both above 0, correctly rounded.
func (d Decimal) Scaled(shift int, numerator, denominator int64) float64 {
	if f, ok := d.quotient(shift, numerator, denominator); ok {
		return f
	}
	r := d.shifted(shift).Rat()
	f, _ := r.Mul(r, big.NewRat(numerator, denominator)).Float64()
	return f
}

// quotient is Scaled where both sides of the fraction are whole numbers that floats hold, so that
// the division alone is rounded.
func (d Decimal) quotient(shift int, numerator, denominator int64) (f float64, ok bool) {
	const most = 1 << 53
	if len(d.digits) > 15 {
		return 0, false
	}
	n := int64(0)
	for i := range len(d.digits) {
		n = 10*n + int64(d.digits[i]-'0')
	}
	if n > most/numerator {
		return 0, false
	}
	n *= numerator
	for exp := d.exp + shift; exp != 0; {
		by := &n
		if exp < 0 {
			by = &denominator
			exp++
		} else {
			exp--
		}
		if *by > most/10 {
			return 0, false
		}
		*by *= 10
	}
	if f = float64(n) / float64(denominator); d.neg && n > 0 {
		f = -f
	}
	return f, true
}

// Rat returns d exactly.
func (d Decimal) Rat() *big.Rat {
	r, ok := new(big.Rat).SetString("0" + d.digits + "e" + strconv.Itoa(d.exp))
	if !ok {
		return new(big.Rat)
	}
	if d.neg {
		r.Neg(r)
	}
	return r
}

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.neg:
		return -1
	}
	return 1
}

// Whole reports whether d has no fractional part.
func (d Decimal) Whole() bool { return d.exp >= 0 || d.Rat().IsInt() }

// Int returns the whole part of d.
func (d Decimal) Int() int { return int(d.Float(0)) }

// Times returns the product of d and o.
func (d Decimal) Times(o Decimal) Decimal {
	a, _ := new(big.Int).SetString("0"+d.digits, 10)
	b, _ := new(big.Int).SetString("0"+o.digits, 10)
	return Decimal{neg: d.neg != o.neg, digits: strings.TrimLeft(a.Mul(a, b).String(), "0"), exp: d.exp + o.exp}
}

// Negated returns -d.
func (d Decimal) Negated() Decimal {
	d.neg = !d.neg && d.digits != ""
	return d
}

func (d Decimal) shifted(n int) Decimal {
	d.exp += n
	return d
}

// expanded writes out a non-negative whole d.
func (d Decimal) expanded() string { return d.digits + strings.Repeat("0", max(d.exp, 0)) }

func (d Decimal) plusUnits(n int) Decimal {
	v, _ := strconv.ParseInt("0"+d.expanded(), 10, 64)
	return FromInt(v + int64(n))
}

// dividedBy returns d/o to twelve decimals, enough for the fractions that prose states.
func (d Decimal) dividedBy(o Decimal) Decimal {
	q := new(big.Rat).Quo(d.Rat(), o.Rat())
	s := q.FloatString(12)
	whole, frac, _ := strings.Cut(s, ".")
	return Decimal{digits: strings.TrimLeft(whole+frac, "0"), exp: -len(frac)}
}
