package schemas

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// Optional is a value of a nullable column; the zero Optional is null.
type Optional[T any] struct {
	Value T
	Valid bool
}

// Some returns an Optional that holds v.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Valid: true} }

// NonEmpty returns an Optional that holds s, or null for the empty string.
func NonEmpty(s string) Optional[string] { return Optional[string]{Value: s, Valid: s != ""} }

// Or returns the value, or other when there is none.
func (o Optional[T]) Or(other T) T {
	if o.Valid {
		return o.Value
	}
	return other
}

// MarshalJSON writes the value, or null.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if !o.Valid {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

// UnmarshalJSON reads a value, or null.
func (o *Optional[T]) UnmarshalJSON(b []byte) error {
	*o = Optional[T]{}
	if string(b) == "null" {
		return nil
	}
	o.Valid = true
	return json.Unmarshal(b, &o.Value)
}

// nullsLast orders two optional values, null after every value.
func nullsLast[T cmp.Ordered](a, b Optional[T]) int {
	switch {
	case a.Valid && b.Valid:
		return cmp.Compare(a.Value, b.Value)
	case a.Valid:
		return -1
	case b.Valid:
		return 1
	}
	return 0
}

// Date is a calendar day, as days since 1970-01-01 (the form that Parquet stores).
type Date struct{ Days int32 }

const secondsPerDay = 24 * 60 * 60

// ParseDate reads an ISO date such as 2021-04-13.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date of the form 2006-01-02: %w", s, err)
	}
	return Date{int32(t.Unix() / secondsPerDay)}, nil
}

// String returns the ISO form.
func (d Date) String() string {
	return time.Unix(int64(d.Days)*secondsPerDay, 0).UTC().Format(time.DateOnly)
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
