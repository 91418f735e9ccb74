package rows

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"xianzhi/schemas"
)

// fill gives every field of a value something of its own, and every list two values.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("文" + string(rune('a'+*n%26)))
	case reflect.Int32:
		v.SetInt(int64(*n) * 40_000_003 % math.MaxInt32 * int64(1-*n%2*2))
	case reflect.Float64:
		v.SetFloat(-1.1 * float64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	default:
		panic("a row has a field of kind " + v.Kind().String())
	}
}

// roundTrip writes a row with all fields set and one with none, then cuts and bends the bytes.
func roundTrip[T any](t *testing.T, name string, fields func(*Coder, *T)) {
	t.Helper()
	for _, full := range []bool{true, false} {
		var want T
		if n := 0; full {
			fill(reflect.ValueOf(&want).Elem(), &n)
		}
		b := Marshal(nil, &want, fields)
		got, err := Unmarshal(b, fields)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again := Marshal(nil, &got, fields); string(again) != string(b) || full && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		for i := range b {
			if _, err := Unmarshal(b[:i], fields); err == nil {
				t.Errorf("%s: the first %d of %d bytes are taken for a value", name, i, len(b))
			}
			bent := append([]byte(nil), b...)
			bent[i] ^= 0xff
			_, _ = Unmarshal(bent, fields) // an error or another value, but no panic
		}
		if _, err := Unmarshal(append(b, 0), fields); err == nil {
			t.Errorf("%s: a byte too many is not noticed", name)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	roundTrip(t, "document", Document)
	roundTrip(t, "indicators", Indicators)
	roundTrip(t, "projects", Projects)
	roundTrip(t, "texts", Texts)
}

func TestExtremes(t *testing.T) {
	fields := func(c *Coder, list *[]schemas.Indicator) { Indicators(c, list) }
	want := []schemas.Indicator{
		{CharStart: math.MinInt32, CharEnd: math.MaxInt32, Value: math.SmallestNonzeroFloat64, Confidence: math.MaxFloat64},
		{CharStart: -1, Value: math.Copysign(0, -1), Confidence: math.Inf(-1), Name: "", Evidence: "\x00\xff"},
	}
	got, err := Unmarshal(Marshal(nil, &want, fields), fields)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		want[i].Flags = []string{}
	}
	if !reflect.DeepEqual(got, want) || !math.Signbit(got[1].Value) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A text that occurs again takes two bytes.
func TestRepeatedText(t *testing.T) {
	once := []string{"各位代表：现在，我代表县人民政府向大会报告工作。"}
	twice := slices.Repeat(once, 2)
	if a, b := len(Marshal(nil, &once, Texts)), len(Marshal(nil, &twice, Texts)); b > a+2 {
		t.Errorf("one text takes %d bytes, twice the same %d", a, b)
	}
}

func FuzzUnmarshal(f *testing.F) {
	rows := []schemas.Indicator{{Name: "地区生产总值", Flags: []string{"share_sum"}, Value: 1.5}}
	f.Add(Marshal(nil, &rows, Indicators))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := Unmarshal(b, Indicators); err == nil {
			if again, err := Unmarshal(Marshal(nil, &got, Indicators), Indicators); err != nil || len(again) != len(got) {
				t.Errorf("%d rows come back as %d (%v)", len(got), len(again), err)
			}
		}
	})
}

func BenchmarkIndicators(b *testing.B) {
	list := make([]schemas.Indicator, 200)
	n := 0
	for i := range list {
		fill(reflect.ValueOf(&list[i]).Elem(), &n)
	}
	written := Marshal(nil, &list, Indicators)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Marshal(nil, &list, Indicators)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Unmarshal(written, Indicators); err != nil {
				b.Fatal(err)
			}
		}
	})
}
