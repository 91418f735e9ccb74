package project
import ("testing";"fmt";"os";"xianzhi/stages/segment")
func TestDbg(t *testing.T){
 k,_:=segment.NewTokenizer(); r,_:=New(k)
 for _,s:=range []string{os.Getenv("S")} {
  x:=segment.Split(s)
  for _,c:=range x.Clauses(segment.Span{End:len(x.Folded)}) {
   st:=x.At(c)
   for _,p:=range r.l.phrases(st) {
    fmt.Printf("phrase %+v obj=%s\n",p,st[p.start:p.end])
    for _,m:=range r.l.members(st,p.start,p.end) { fmt.Printf("  piece %s %+v\n",st[m.start:m.end],m)
     mm,ok:=r.l.member(st,m,p.work,func(a,b int)bool{return r.proper(clause{t:x,span:c,s:st},a,b)}); sec,_:=r.l.sector(mm.name,m.class,st); fmt.Printf("    %s %+v %v %v\n",sec,mm,ok,r.l.weigh(mm,m,p.force,p.named))
    }
   }
  }
 }
}
