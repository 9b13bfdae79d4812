"""First names that are common here: a capital beside one of them is probably somebody's name."""

_NAMES = """
aad aafke abdel abdullah achmed adam adriaan afke agnes ahmed aisha albert alex alexander ali alice amal amber amin
amina amir amy ana andrea andré angela anita anja anna anne anneke annelies annie anton antonia arie arjan arjen arno
arthur astrid atie ayse aziz bart bas bastiaan bea ben bennie bert betty bianca bilal björn bob boris bram brenda
brigitte bruno carla carolien caroline cees celine chantal charlotte chris christa christiaan christina cindy claire
claudia coby colin conny cor cora corine cornelis corrie daan damian daniel danielle danny david debbie demi dennis
desiree diana dick dirk dora dorien driss ed eddy edith edwin eefje elena elias elif eline elisabeth elise elke ellen
els emma emre eric erica erik erwin esra esther eva evelien evert fadma farid fatima fatma femke ferdinand ferry finn
fleur floor floris frank frans fred frederik freek frits gea geert gerard gerda gerrit gert gijs gina greet greetje
guus hakan hamza hanna hannah hanneke hannie hans harm harold harrie harry hasan hasna heleen helena hendrik henk
henny herman hilda hilde hugo huub ibrahim ilias ilse imane ine ineke inge ingrid irene iris isa isabel ivo jaap jack
jacob jacqueline jan janneke jannie jantje jasmijn jasper jeannette jelle jenny jeroen jesse jessica jet jip job
jochem joep johan johanna john joke jolanda joop joost joris jos josef josé judith julia julie jurgen kai karel karim
karin kees kevin khadija kim kirsten klaas koen koos kyra lars laura leen leila lena leo leon lex lia lida lieke lies
liesbeth lina linda lisa lisette lodewijk loes lotte louis luc lucas lucia luuk maaike maarten maartje mahmoud manon
marc marcel marco margriet maria mariam marian marianne marieke marije marijke marijn mario marion marit marja marjan
marjolein mark marleen marloes martijn martin mary maurice max mees mehmet meike melissa merel michael michel michelle
michiel mieke mike mila milan miranda mirjam mohamed mohammad mohammed monique muhammed mustafa myrthe nadia naima
nathalie nawal nelleke nick nico nicole niek niels nienke nina noa noah noor noortje nora olga omar oscar otto pascal
patricia patrick paul paula pauline peter petra piet pieter pim priscilla quinten rachel rachid ralph ramon ramona
rania raymond rebecca rein remco renate rene renske rené ria rianne richard rick rik rita rob robbert robert robin
roel roelof roger roland romy ron ronald roos rosa rosanne rowan roy ruben rudi ruud saar sabine said salma sam samira
samuel sander sandra sanne sara sarah saskia sebastiaan selma sem sharon siem silvia simon simone sjaak sjoerd sofia
sofie sonja sophie soufiane stan stefan stefanie steven stijn suleyman suus suzan suzanne suze sven sylvia tamara
tanja tarik tess tessa teun thea theo thijmen thijs thomas tijmen tijn tim timo tineke tobias toine tom ton tonny
trudy tygo ursula valerie veerle vera victor vincent vivian walter wendy wesley wieke wietske wilhelmina willeke
willem willemijn wilma wim wouter xander yannick yara yasmin youssef yusuf yvonne zahra zeynep zoë
"""
FIRST_NAMES = frozenset(_NAMES.split())
