package facts

import (
	"strings"
	"sync"
)

// scale is a pair of opposite lists. An entry is the beginning of words; one that ends in "|" is a whole word.
type scale struct{ up, down string }

func scales() []scale {
	return []scale{
		{ // amount
			`increas rise| rises| rising rose| grow grew| growth more| higher upward expan enlarg additional
увелич рост| роста| росту| расти| растет| растёт| вырос возрос возраст повыс больше| выше| расшир
павяліч расце| расці| вырас узрос узраст павыс больш| вышэй| пашыр`,
			`decreas fall| falls| fell| falling declin less| fewer| lower| downward reduc drop shrink shrank
уменьш сниж снизи паден упал| упала| упали| сокра меньше| ниже| сужа понизи пониж
паменш зніж знізі падзен упаў| упала| упалі| скара менш| ніжэй| звуж паніз`,
		},
		{ // quality
			`better| improv best| strengthen success win| wins| won| winning victor positive friend ally| allies|
лучш улучш усил успе побед позитив положит друж союзн лепш палепш узмац поспех перамо перамаг станоўч сябр саюзн`,
			`worse| worst| worsen deteriorat weaken fail| fails| failed| failure lose| loses| lost| losing defeat negative enem hostil
худш ухудш ослаб провал пораж негатив отриц враг вражд враж горш пагорш аслаб правал параз адмоўн вораг варож`,
		},
		{ // stance
			`support accept approv agree| agreed| agrees| allow permit confirm back| backed| endors welcom join ratif for| legali
поддерж соглас разреш подтверд приня одобр позвол приветств вступ за|
падтрым згадз згод дазвол дазвал пацвердз пацвярдж прыня ухвал вітае| вітал уступ за|`,
			`oppos reject disapprov refus ban| bans| banned| forbid prohibit deny| denies| denied| block condemn veto against|
criminali отказ отверг запре опроверг отклон осуд осужд вышел| выход против|
адмов адмаўл адхіл забарон забаран абверг асудз асуджа выйш супраць|`,
		},
		{ // beginning and end, in and out
			`import| imports| imported| buy| buys| bought| enter arriv before| start begin| began| begins| beginning open| opened|
arrest detain импорт ввоз купи покуп до| перед| нача откры арест задерж въезд
імпарт увоз купі купля да| перад| пача адкры арышт затрым уезд`,
			`export| exports| exported| sell| sells| sold| exit depart after| stop end| ends| ended| close| closed| release
freed| экспорт вывоз прода после| законч прекра закры освобо отпу выезд
экспарт вываз прада пасля| скончы спын закры вызвал адпус выезд`,
		},
		{ // how many, how sure
			`always| all| every| most| major| majority many| much| must| will| certain definit inevitabl everyone| everybody|
всегда| все| всех| большинств много| должен| должна| должны| обязан будет| будут| конечно| несомненно| обязательно|
заўсёды| усе| ўсе| усіх| большасц шмат| павін абавяз будзе| будуць| вядома| безумоўна| абавязкова|`,
			`sometimes| some| few| minor| minority| little| several| should| rarely| seldom|
иногда| некоторые| некоторых| меньшинств мало| редко| часам| некаторыя| некаторых| меншасц мала| рэдка|`,
		},
		{ // direction
			`east| eastern north| northern восток| восточн север усход| усходн поўнач| паўночн`,
			`west| western south| southern запад| западн юг| юга| южн захад| заходн поўдзень| паўднёв`,
		},
		{ // quality of things
			`rich| young| new| high| long| strong| large| big| wide| public| legal| open| left|
богат молод новы новая| новое| высок сильн больш широк публичн открыт левы
багат малад новы новая| новае| вялік шырок моцн`,
			`poor| old| former| low| short| weak| small| narrow| private| secret| closed| right|
бедн стары старая| старое| бывш низк слаб малы малень узк закрыт тайн правы
старае| былы| нізк малень вузк тайн`,
		},
		{ // who
			`he| him| himself| он| ён|`, `she| her| herself| она| яна|`,
		},
	}
}

// poles says at which ends of which scales a word stands, as bits.
type poles struct{ up, down uint8 }

// pole is an entry of the table: the poles of the words that begin with it, and of the word that is just it.
type pole struct{ beginning, whole poles }

type poleTable struct {
	entries      map[string]pole
	longestEntry int // in bytes; longer beginnings need no look
}

var poleEntries = sync.OnceValue(func() poleTable {
	t := poleTable{entries: make(map[string]pole)}
	for i, s := range scales() {
		bit := uint8(1) << i
		t.add(s.up, poles{up: bit})
		t.add(s.down, poles{down: bit})
	}
	return t
})

func (t *poleTable) add(list string, at poles) {
	for entry := range strings.FieldsSeq(list) {
		word, isWhole := strings.CutSuffix(entry, "|")
		e := t.entries[word]
		if isWhole {
			e.whole = e.whole.and(at)
		} else {
			e.beginning = e.beginning.and(at)
		}
		t.entries[word] = e
		t.longestEntry = max(t.longestEntry, len(word))
	}
}

func (p poles) and(q poles) poles { return poles{p.up | q.up, p.down | q.down} }

// polesOf looks up a word in lower case.
func polesOf(key string) poles {
	t := poleEntries()
	found := t.entries[key].whole
	for end := 1; end <= min(len(key), t.longestEntry); end++ {
		found = found.and(t.entries[key[:end]].beginning)
	}
	return found
}

// turned says that a word of one end of a scale gave way to a word of the other end.
func turned(old, new []Word) bool {
	a, b := polesOfAll(old), polesOfAll(new)
	return a.up&^a.down&b.down&^b.up != 0 || a.down&^a.up&b.up&^b.down != 0
}

func polesOfAll(words []Word) poles {
	var all poles
	for _, w := range words {
		all = all.and(polesOf(strings.ToLower(w.Text)))
	}
	return all
}
