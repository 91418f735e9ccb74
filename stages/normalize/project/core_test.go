package project

import (
	"math"
	"testing"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/segment"
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
		{"云岭旅游公路", "白鹭湖旅游公路", 0, 0}, // neither name occurs in the other
		{"云岭旅游公路", "青溪云岭旅游公路", 0.6, 0.9},
		{"长桥河综合治理", "青龙河综合治理", 0, 0},
		{"30万吨铜箔", "30万吨桐油", 0, 0}, // what begins alike is a size
		{"220千伏长桥输变电", "青龙220千伏输变电", 0, 0},
		{"30万吨铜箔", "丁香30万吨铜箔", 0.6, 0.9},
		{"青白高速铁路", "青白铁路", 1, 1},
		{"青白高速公路", "青白高速", 1, 1},
		{"云岭国际机场", "云岭机场", 1, 1},
		{"青云大道", "青云大道东延", 0, 0}, // another stretch
		{"市医院一期", "市医院二期", 0, 0},
		{"地铁3号线", "地铁5号线", 0, 0},
		{"云岭机场三期", "云岭机场三期改扩建工程", 0.6, 0.9}, // a phase is a work of its own
		{"云岭机场", "云岭机场扩建工程", 0, 0},
		{"云岭机场三期", "云岭机场三期配套", 0, 0},
		{"青白铁路", "青白铁路岭北段", 0.8, 0.9}, // no northern section, but the one in 岭北
		{"青白铁路岭西段", "青白铁路岭北段", 0, 0.79},
		{"青白铁路", "青白铁路北段", 0, 0},
		{"青白(溪)高铁", "青白溪高铁石门至柳湾段", 0.8, 0.8},
		{"青白铁路", "青白铁路物流园", 0, 0.79},
		{"柳湾中学", "柳湾中学改造", 0, 0},          // a work on what is there
		{"青白高速改扩建工程", "青白高速公路", 0.6, 0.9}, // … whose later mention is short
		{"柳湾中学东区改造", "柳湾中学", 0, 0},
		{"柳湾中学扩建", "柳湾中学改造", 0, 0},
		{"青云大桥", "白鹭机场", 0, 0},
	} {
		if got := Alike(Core(c.a), Core(c.b)); got < c.min || got > c.max {
			t.Errorf("%s and %s are alike by %g, want %g to %g", c.a, c.b, got, c.min, c.max)
		}
	}
}

func TestIdentity(t *testing.T) {
	k, err := segment.NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, capacity, want string }{
		{"石门峪水库扩容工程", "", "石门峪水库扩容"},
		{"云岭旅游公路", "30公里", "云岭旅游公路"},
		{"云岭镇农村公路", "30公里", "云岭镇农村公路"},
		{"青溪湿地公园", "200亩", "青溪湿地公园"},
		{"城北中心幼儿园", "", "城北中心幼儿园"},
		{"会展中心", "", "会展中心"}, // a place has one
		{"综合保税区二期", "", "综合保税区二期"},
		{"机场改扩建工程", "", "机场改扩建"},
		{"丁香糖厂", "", "丁香糖厂"},
		{"糖厂", "", ""}, // too short
		{"高标准农田", "30万亩", ""},
		{"高标准农田", "", ""},
		{"农村公路", "", ""},
		{"城镇老旧小区改造", "", ""},
		{"供热管网改造工程", "", ""},
		{"人工造林", "5万亩", ""},
		{"草原生态修复", "", ""},
		{"标准化厂房", "5万平方米", ""},
		{"国家储备林", "5万亩", ""},
		{"植树造林", "", ""},
		{"灾后恢复重建", "", ""},
		{"公共停车泊位", "", ""},
		{"宜居宜业和美乡村", "", ""},
		{"抽水蓄能电站", "", ""},
		{"石门峪抽水蓄能电站", "", "石门峪抽水蓄能电站"},
		{"城北污水处理厂提标改造", "", "城北污水处理厂提标改造"},
		{"4A级旅游景区提升工程", "", ""},
		{"废弃矿山生态修复", "", ""},
	} {
		if got := r.Identity(&schemas.Project{Name: c.name, Capacity: schemas.NonEmpty(c.capacity)}, Core(c.name)); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.name, c.capacity, got, c.want)
		}
	}
	if got := r.Identity(&schemas.Project{Name: "标准化厂房", Owner: schemas.Some("云岭机械")}, "标准化厂房"); got == "" {
		t.Error("an enterprise has many of what it builds one of")
	}
	if got := r.Identity(&schemas.Project{Name: "云岭片区厂房", Count: schemas.Some[int32](3)}, "云岭片区厂房"); got != "" {
		t.Errorf("a bundle is %q", got)
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
		if x < 0 || x > 1 || math.Abs(x-y) > 1e-9 && parts(Core(a), false) == parts(Core(b), false) {
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
