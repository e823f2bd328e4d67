"""First names that tell "he" from "she"; only to keep a pronoun from the wrong person."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE = _names(
    """
    aaron abdul abdullah abraham adam ahmed al alan albert alberto alejandro alex alexander alfred ali allen
    amir amit anders andre andrea andreas andrew angus anthony antonio archie arjun arnold arthur barack
    barry bashar ben benjamin benyamin bernard bernie bill billy bob bobby boris brad bradley brandon brent
    brett brian bruce bryan byron calvin carl carlos casey cesar chad charles charlie chris christian
    christopher chuck clarence claude clinton cody colin craig curtis dale damian dan daniel danny darren
    dave david dean denis dennis derek diego dimitri dmitri dominic don donald doug douglas duncan dustin
    dwayne dylan earl ed eddie edgar eduardo edward edwin ehud elijah elliot elon emmanuel eric erik ernest
    ethan eugene evan fabio felipe felix fernando francis francisco francois frank franklin fred frederick
    gabriel gareth gary gavin geoff geoffrey george gerald gerard giovanni giuseppe glen glenn gordon graham
    grant greg gregory guillermo gustavo guy hans harold harry harvey hassan henri henry herbert herman
    hiroshi hugh hugo hussein ian ibrahim igor isaac ivan jack jackson jacob jacques jair jake jamal james
    jamie jared jason javier jay jean jeb jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joe joel
    johan john johnny jon jonathan jordan jorge jose joseph josh joshua juan julian julio jun justin karl
    keith ken kenji kenneth kevin khalid khalil kofi kurt kyle lance larry lars lawrence leo leon leonard
    leonardo lewis lindsey lloyd logan louis lucas luis luke mahmoud malcolm manuel marc marcel marco marcos
    marcus mario mark martin marvin masoud mathieu matt matthew maurice max michael michel miguel mike
    mikhail milton min-ho mitch mitchell mitt mohamed mohammad mohammed morgan morris muhammad mustafa
    narendra nathan nathaniel neil newt nicholas nick nicolas nigel noah norman olaf oliver olof omar oscar
    otto owen
    pablo paolo pat patrick paul pedro pete peter phil philip pierre pierre-yves rafael rahul raj ralph
    ramon rand randy raphael raul ray raymond recep reid rene ricardo richard rick robert roberto robin
    rodney roger roland roman ron ronald ross roy rudy rupert russell ryan salman sam samuel sanjay santiago
    satya scott sean sebastian sergei sergio seth shane shawn shinzo simon spencer stanley stefan stephen
    steve steven stuart sundar sunil tariq ted terrence terry theodore thomas tim timothy todd tom tommy
    tony travis trevor troy tyler victor vince vincent vladimir volodymyr walter warren wayne wei wesley
    will william willie wolfgang xavier xi yuri yusuf zachary
    """
) - {"andrea", "jordan", "robin", "casey", "morgan", "pat", "terry", "lindsey"}

FEMALE = _names(
    """
    abigail ada adele adriana agnes aisha alexandra alice alicia alison amanda amber amelia amina amy ana
    andrea angela angelina anita ann anna anne annette annie april ashley audrey barbara beatrice becky
    bernadette beth betsy betty beverly bonnie brenda bridget brittany camila camille candice carla carly
    carmen carol carolina caroline carolyn carrie catherine cathy cecilia celeste charlotte chelsea cheryl
    chloe christina christine cindy claire clara claudia colleen connie constance crystal cynthia daisy dana
    danielle dawn debbie deborah debra deirdre denise diana diane dolores donna doris dorothy ebony edith
    eileen elaine eleanor elena elisa elise elizabeth ella ellen emily emma erica erin esther eva eve evelyn
    faith fatima felicia fiona florence frances gabriela gail georgia geraldine gina ginger giulia gladys
    gloria grace greta gwen hannah harriet hazel heather heidi helen helena hillary holly huma ida ilana
    ines ingrid irene iris isabel isabella ivanka jackie jacqueline jane janet janice jasmine jean jeanne
    jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn josephine joy joyce juanita judith judy
    julia juliana julie june kamala karen karin kate katherine kathleen kathryn kathy katie katrina kay
    keisha kelly kellyanne kerry kim kimberly kirsten kristen kristin laila lara latoya laura lauren leah
    leila lena leslie lillian linda lisa liz lois loretta lori louise lucia lucy lydia lynn madeleine
    madison maggie mandy marcia margaret margarita maria marian marie marilyn marina marion marjorie marlene
    marsha martha mary maureen maya megan melania melanie melinda melissa mercedes meredith michelle mila
    mildred miriam molly monica nadia nancy naomi natalia natalie natasha nicole nina nora norma olga olivia
    pamela patricia patty paula pauline peggy penelope penny phyllis priscilla priya rachel rebecca regina
    renee rhonda rita roberta rosa rose rosemary roxanne ruth sabrina sally samantha sandra sara sarah
    shannon sharon sheila shelly shirley silvia sofia sonia sophia sophie stacey stephanie sue susan susanna
    suzanne sylvia tamara tammy tanya tara teresa theresa therese tiffany tina tracy ursula valentina
    valerie vanessa vera veronica victoria violet virginia vivian wanda wendy whitney yasmin yolanda yvette
    yvonne zainab zoe
    """
) - {
    "andrea",
    "jean",
    "kim",
    "kelly",
    "kerry",
    "leslie",
    "jackie",
    "dana",
    "marion",
    "shannon",
    "lynn",
    "tracy",
}
