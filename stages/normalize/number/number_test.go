package number

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/stagetest"
)

// testCase is a text and its numerals, each written as "text=value form place".
type testCase struct {
	Text     string
	Numerals []string
}

var forms = map[Form]string{Chinese: " chinese", Percent: " percent", Permille: " permille", Tenths: " tenths", Fraction: " fraction", Doubling: " doubling"}

func describe(s string, n Numeral) string {
	value := strings.TrimSuffix(strings.TrimRight(n.Value.Rat().FloatString(10), "0"), ".")
	place := ""
	if n.Parts > 0 {
		place = fmt.Sprintf(" %d/%d", n.Part, n.Parts)
	}
	return s[n.Start:n.End] + "=" + value + forms[n.Form] + place
}

func TestCases(t *testing.T) {
	stagetest.Run(t, "testdata/cases", func(t *testing.T, c testCase) {
		var got []string
		for _, n := range Find(c.Text) {
			got = append(got, describe(c.Text, n))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.Numerals) {
			t.Errorf("%s\n got %q\nwant %q", c.Text, got, c.Numerals)
		}
	})
}

// TestRoundTrip writes random numbers in every notation and reads them back.
func TestRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		whole := random.Int64N(int64pow(10, 1+random.IntN(8)))
		frac := ""
		if n := random.IntN(4); n > 0 {
			frac = fmt.Sprintf("%0*d", n, random.Int64N(int64pow(10, n)))
		}
		plain := strconv.FormatInt(whole, 10)
		decimal := plain
		if frac != "" {
			decimal += "." + frac
		}
		value := rational(decimal)
		inChinese := spell(whole) + spellFraction(frac)
		small := 1 + random.Int64N(9)
		share := new(big.Rat).SetFrac64(100*small, small+random.Int64N(90)+1)
		for _, notation := range []struct {
			text  string
			form  Form
			value *big.Rat
		}{
			{decimal, Arabic, value},
			{grouped(plain) + strings.TrimPrefix(decimal, plain), Arabic, value},
			{"增长-" + decimal, Arabic, new(big.Rat).Neg(value)},
			{inChinese, Chinese, value},
			{"百分之" + decimal, Percent, value},
			{"百分之" + inChinese, Percent, value},
			{"千分之" + inChinese, Permille, value},
			{spell(small) + "成", Tenths, new(big.Rat).SetInt64(10 * small)},
			{spell(share.Denom().Int64()) + "分之" + spell(share.Num().Int64()), Fraction, new(big.Rat).Mul(share, big.NewRat(100, 1))},
			{"翻" + spell(small) + "番", Doubling, new(big.Rat).SetInt64(1 << small)},
		} {
			if strings.HasSuffix(notation.text, "万") || strings.Contains(notation.text, "一分之") {
				continue // a trailing 万 is the unit's; nobody says 一分之…
			}
			got := Find(notation.text)
			if len(got) != 1 || got[0].Form != notation.form || got[0].End != len(notation.text) {
				t.Fatalf("%s: read as %+v", notation.text, got)
			}
			if off := new(big.Rat).Sub(got[0].Value.Rat(), notation.value); off.Abs(off).Cmp(big.NewRat(1, 1e9)) > 0 {
				t.Fatalf("%s: read as %s, want %s", notation.text, got[0].Value.Rat().FloatString(12), notation.value.FloatString(12))
			}
		}
	}
}

// TestDigitByDigit reads years spelt digit by digit.
func TestDigitByDigit(t *testing.T) {
	for year := 1949; year <= 2050; year++ {
		text := ""
		for _, d := range strconv.Itoa(year) {
			text += string([]rune("〇一二三四五六七八九")[d-'0'])
		}
		if got := Find(text); len(got) != 1 || got[0].Value.Int() != year {
			t.Errorf("%s: read as %+v", text, got)
		}
	}
}

func int64pow(base int64, n int) int64 {
	v := int64(1)
	for range n {
		v *= base
	}
	return v
}

func rational(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func grouped(s string) string {
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// spell writes a number below 10^8 as people say it: 一万零三十, 十五.
func spell(n int64) string {
	if n == 0 {
		return "零"
	}
	s := spellGroup(n % 10000)
	if high := n / 10000; high > 0 {
		if low := n % 10000; low > 0 && low < 1000 {
			s = "零" + s
		}
		s = spellGroup(high) + "万" + s
	}
	if strings.HasPrefix(s, "一十") {
		s = strings.TrimPrefix(s, "一")
	}
	return s
}

func spellGroup(n int64) string {
	s, gap := "", false
	for _, place := range []struct {
		worth int64
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / place.worth % 10
		if d == 0 {
			gap = true
			continue
		}
		if gap && s != "" {
			s += "零"
		}
		s, gap = s+string([]rune("零一二三四五六七八九")[d])+place.name, false
	}
	return s
}

func spellFraction(digits string) string {
	if digits == "" {
		return ""
	}
	s := "点"
	for _, d := range digits {
		s += string([]rune("零一二三四五六七八九")[d-'0'])
	}
	return s
}

func FuzzFind(f *testing.F) {
	for _, c := range stagetest.Cases[testCase](f, "testdata/cases") {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, n := range Find(s) {
			if n.Start < at || n.End <= n.Start || n.End > len(s) {
				t.Fatalf("%q: numeral %+v overlaps, is empty or leaves the text", s, n)
			}
			at = n.End
			if utf8.ValidString(s) && !utf8.ValidString(s[n.Start:n.End]) {
				t.Fatalf("%q: numeral %+v splits a character", s, n)
			}
			if n.Part > n.Parts || n.Parts == 1 {
				t.Fatalf("%q: numeral %+v has no place in its ratio", s, n)
			}
			if value := n.Value.Rat(); value.Sign() != n.Value.Sign() || n.Value.Whole() != value.IsInt() {
				t.Fatalf("%q: numeral %+v contradicts its value %s", s, n, value)
			}
		}
	})
}

// TestScaled holds the quick ways to a float against exact fractions.
func TestScaled(t *testing.T) {
	for _, s := range []string{"0", "7", "151.5", "0.1", "33679", "9007199254740993", "123456789012.345", "99999999999999999999", "1.0000000000000000000001"} {
		d := Find(s)[0].Value
		for _, shift := range []int{-30, -2, 0, 4, 8, 12, 25} {
			for _, by := range []*big.Rat{big.NewRat(1, 1), big.NewRat(2000, 3), big.NewRat(1, 2), big.NewRat(1000000, 1)} {
				power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil))
				if shift < 0 {
					power.Inv(power)
				}
				exact := new(big.Rat).Mul(d.Rat(), power)
				want, _ := exact.Mul(exact, by).Float64()
				if got := d.Scaled(shift, by.Num().Int64(), by.Denom().Int64()); got != want {
					t.Errorf("%s × 10^%d × %s is %g, want %g", s, shift, by.RatString(), got, want)
				}
				if got := d.Float(shift); by.Cmp(big.NewRat(1, 1)) == 0 && got != want {
					t.Errorf("%s × 10^%d is %g, want %g", s, shift, got, want)
				}
			}
		}
	}
}
