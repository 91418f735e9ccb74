package refdata

import (
	"os"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	rows := Catalogue()
	if len(rows) < 77 {
		t.Errorf("the catalogue has %d rows, want at least the contract's 77", len(rows))
	}
	got, ok := Lookup("high_standard_farmland")
	want := Indicator{"high_standard_farmland", "高标准农田建设面积", "area", "ha", false, "agriculture", ""}
	if !ok || got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if gdp, _ := Lookup("gdp"); !gdp.Panel {
		t.Error("gdp should be marked panel")
	}
	if _, ok := Lookup("GDP"); ok {
		t.Error("codes are exact")
	}
	rows[0].Code = "changed"
	if Catalogue()[0].Code != "gdp" {
		t.Error("a caller changed the catalogue")
	}
}

// TestCatalogueBeginsWithTheContracts runs where the contract stands beside the repository: its
// rows stay as they are, our own follow.
func TestCatalogueBeginsWithTheContracts(t *testing.T) {
	contract, err := os.ReadFile("../../../shared/contract/catalogue.csv")
	if err != nil {
		t.Skipf("the contract is not here: %v", err)
	}
	if !strings.HasPrefix(catalogueCSV, string(contract)) {
		t.Error("schemas/refdata/catalogue.csv does not begin with the contract's rows")
	}
}

func TestBrokenCatalogues(t *testing.T) {
	header := strings.Join(catalogueHeader, ",") + "\n"
	for name, text := range map[string]string{
		"empty":         "",
		"no rows":       header,
		"other header":  "code,name\na,b\n",
		"missing field": header + "gdp,地区生产总值\n",
		"twice":         header + "a,b,c,d,yes,e,f\na,b,c,d,,e,f\n",
		"panel":         header + "a,b,c,d,no,e,f\n",
	} {
		if _, err := parseCatalogue(text); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
