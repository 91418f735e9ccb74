package project

import (
	"math"
	"testing"
	"unicode/utf8"
)

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		min, max float64
	}{
		{"石门峪水库扩容工程", "石门峪水库扩容项目建设", 1, 1},
		{"“青溪”湿地公园", "青溪湿地公园", 1, 1},
		{"16个精品钢深加工项目", "精品钢深加工项目", 1, 1},
		{"青溪湿地公园", "青溪国家湿地公园", 0.6, 0.9},
		{"云岭旅游公路", "白鹭湖旅游公路", 0.3, 0.59},
		{"青云大道", "青云大道东延", 0, 0}, // another stretch
		{"市医院一期", "市医院二期", 0, 0},
		{"地铁3号线", "地铁5号线", 0, 0},
		{"柳湾中学", "柳湾中学改造", 0, 0}, // a work on what is there
		{"青云大桥", "白鹭机场", 0, 0},
	} {
		if got := Alike(Core(c.a), Core(c.b)); got < c.min || got > c.max {
			t.Errorf("%s and %s are alike by %g, want %g to %g", c.a, c.b, got, c.min, c.max)
		}
	}
}

func FuzzAlike(f *testing.F) {
	f.Add("石门峪水库扩容工程", "16个精品钢深加工项目")
	f.Add("项目", "PPP项目")
	f.Add("", "“”")
	f.Fuzz(func(t *testing.T, a, b string) {
		if a != "" && Core(a) == "" {
			t.Errorf("the core of %q is empty", a)
		}
		x, y := Alike(Core(a), Core(b)), Alike(Core(b), Core(a))
		if x < 0 || x > 1 || math.Abs(x-y) > 1e-9 {
			t.Errorf("%q and %q are alike by %g one way, %g the other", a, b, x, y)
		}
		n := 0
		for range Pairs(a) {
			n++
		}
		if utf8.ValidString(a) && n != max(0, utf8.RuneCountInString(a)-1) {
			t.Errorf("%q has %d pairs", a, n)
		}
	})
}
