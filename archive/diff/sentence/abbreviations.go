package sentence

import "strings"

// kind says when an abbreviation ends its sentence. What is followed by a lower-case word never does.
type kind int

const (
	none         kind = iota // no abbreviation
	never                    // a title or a reference: something always follows
	reference                // a number follows, or it is a word of its own ("No. 5", "art. 5")
	closing                  // closes a list ("etc."): a capital or a digit begins a new sentence
	unit                     // an amount: a capital begins a new sentence, unless it is a currency's code
	unlessOpener             // ends only before a word that usually opens a sentence
	afterNumber              // the year or century after a number; anything else ("г. Минск") never ends
)

// abbreviationsOf lists the abbreviations of each kind without their last full stop, in lower case; inner stops stay.
func abbreviationsOf() map[kind]string {
	return map[kind]string{
		never: `mr mrs ms dr prof gen col lt maj capt sgt cpl sen rep gov pres st rev hon adm amb cmdr brig supt messrs mt vs v
			cf ca approx viz pp eds e.g i.e eg ie esp incl tel ph.d lt.-gen maj.-gen lt.-col resp
			им ул просп пр-т пер пл наб р-н пос дер стр гл ст п пп см ср напр проф акад доц ген подп лейт св тов гр зам пом нач
			рис табл тел ред сост изд абз ч т д кв корп оф т.е т.н т.к т.о к.т.н д.э.н в.и.о и.о врио о ок прибл с букв франц
			англ нем лат укр польск ген.-м ген.-лейт чл.-корр канд докт инж
			вул праф зав воб нас рэд выд арт г.зн т.зв тав дац параўн перан`,
		reference: `no nos art arts fig figs sec ch para paras p vol vols ed op`,
		closing:   `etc al ibid т.д т.п др г.д г.п інш т.пад`,
		unit:      `млн млрд трлн тыс руб долл дол коп чел чал экз сек га кг км шт mln bn mn tn н.э b.c a.d`,
		unlessOpener: `jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri jr sr inc ltd co corp
			bros llc plc dept govt est min max a.m p.m u.s u.k u.n e.u s.a d.c
			янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек мин обл полк пр
			студз сак красав чэрв ліп жн верас кастр лістап снеж`,
		afterNumber: `г гг в вв стст`,
	}
}

// abbreviations is read only: the kind of each abbreviation.
var abbreviations = func() map[string]kind {
	all := make(map[string]kind)
	for k, words := range abbreviationsOf() {
		for word := range strings.FieldsSeq(words) {
			all[word] = k
		}
	}
	return all
}()

// openers is read only: words that usually begin a sentence and are no names, most of them words of grammar; lower case.
var openers = func() map[string]bool {
	const english = `the a an this that these those it its he his she her they their we our you in on at by for from to with
		without as if when while after before since until during despite although though because however moreover
		furthermore meanwhile therefore thus hence yet but and or so still also then there here not no nor only some many
		most all both each every any other another such one two three several earlier later now today according amid
		amidst overall nevertheless nonetheless instead otherwise previously recently currently finally first second third
		given due under over between what who why how where which whether apart besides likewise similarly talks
		officials experts authorities analysts observers`
	const russian = `в во на с со к ко по при за из от до о об у для без под над через и а но или да не ни как так что чтобы
		если когда хотя поскольку однако это этот эта эти тот та те он она оно они его её ее их мы вы наш все всё весь вся
		также тоже затем потом теперь сейчас ранее позже после перед между вместе кроме помимо согласно поэтому тем там
		здесь где кто почему такой такая такие такое другие многие некоторые один одна два три впрочем наконец
		следовательно власти эксперты аналитики вероятно возможно программа переговоры стороны этому этого ему ей`
	const belarusian = `у ў з са да пра пры ад праз і але ці або не ні што каб калі хоць аднак гэта гэты гэтая гэтыя той тая
		тыя ён яна яно яны яго яе іх усе увесь уся таксама потым затым цяпер зараз раней пазней пасля паміж разам
		акрамя паводле таму тут дзе хто чаму такі такія іншыя многія некаторыя адзін адна дзве тры нарэшце улады
		аналітыкі верагодна магчыма праграма перамовы бакі`
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(english + " " + russian + " " + belarusian) {
		all[word] = true
	}
	return all
}()
