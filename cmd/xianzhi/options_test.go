package main

import (
	"reflect"
	"testing"

	"github.com/spf13/pflag"

	"xianzhi/pipeline"
)

// TestEveryOptionIsOfOneKind: what may change rows is declared so, and nothing else is.
func TestEveryOptionIsOfOneKind(t *testing.T) {
	s := newSettings()
	if fields := reflect.TypeFor[pipeline.ContentOptions]().NumField(); len(s.content) != fields {
		t.Errorf("%d options are declared as content, but there are %d", len(s.content), fields)
	}
	for name, value := range map[string]string{"base-year": "2010", "in": "x", "out": "x", "workers": "7", "wait": "7s", "keep": "7", "max-quarantine": "7",
		"min-documents": "7", "gates": "", "json": "true", "log-format": "json", "log-level": "debug", "metrics": "x"} {
		fresh := newSettings()
		before := fresh.Content
		if name != "gates" {
			if err := fresh.all.Set(name, value); err != nil {
				t.Error(err)
			}
		}
		if changed := fresh.Content != before; changed != fresh.content[name] {
			t.Errorf("the option %s is declared as content: %v, but is: %v", name, fresh.content[name], changed)
		}
		s.all.Lookup(name).Changed = true
	}
	s.all.VisitAll(func(f *pflag.Flag) {
		if !f.Changed {
			t.Errorf("the option %s is not tested here", f.Name)
		}
	})
}
