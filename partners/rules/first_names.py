"""First names that are common here: a capital beside one of them is probably somebody's name."""

_NAMES = """
aad aafke abdel abdullah achmed adam adriaan afke agnes ahmed aisha albert alex alexander ali alice amal amber amin
amina amir amy ana andrea andré angela anita anja anna anne anneke annelies annie anton antonia arie arjan arjen arno
arthur astrid atie ayse aziz bart bas bea ben bennie bert betty bianca bilal björn bob boris bram brenda brigitte bruno
carla carolien caroline cees celine chantal charlotte chris christa christiaan christina cindy claire claudia coby
colin conny cor cora corrie daan damian daniel danielle danny david debbie demi dennis desiree diana dick dirk dora
driss ed eddy edith edwin eefje elena elias elif elise elke ellen els emma emre eric erica erik esra esther eva evelien
fadma farid fatima fatma femke ferry finn fleur floor floris frank frans fred frederik frits gea geert gerard gerda
gerrit gert gijs gina greet greetje guus hakan hamza hanna hannah hannie hans harm harold harrie hasan hasna heleen
helena hendrik henk henny herman hilda hilde hugo ibrahim ilse imane ineke inge ingrid irene iris isa isabel ivo jaap
jack jacob jacqueline jan janneke jantje jasmijn jasper jeannette jelle jenny jeroen jesse jessica jet jip job jochem
joep johan johanna john joke jolanda joost joris jos josef josé julia jurgen kai karel karim karin kees kevin khadija
kim klaas koen koos kyra lars laura leila lena leo leon lia lida lieke lies liesbeth lina linda lisa lisette lodewijk
loes lotte louis lucas lucia luuk maaike maarten maartje mahmoud manon marc marcel marco margriet maria mariam marian
marieke marije marijke mario marion marit marja marjan mark marleen marloes martijn martin mary maurice max mees mehmet
melissa merel michael michel michelle mieke mike mila milan mirjam mohamed mohammed monique mustafa myrthe nadia naima
nathalie nawal nelleke nick nico nicole niek niels nina noa noah noor noortje nora olga omar oscar otto pascal patricia
patrick paul paula pauline peter petra piet pieter pim priscilla quinten rachel rachid ralph ramon rania rebecca remco
renate renske rené ria rianne richard rick rik rita rob robbert robert robin roel roelof roland ron ronald roos rosa
rosanne rowan ruben rudi ruud said salma sam samira samuel sander sandra sanne sara sarah selma sem sharon silvia simon
simone sjaak sjoerd sofia sofie sonja stefan steven stijn suleyman suzan suzanne sven sylvia tamara tanja teun thea
theo thijs thomas tijn tim tineke tobias toine tom ton tonny trudy ursula valerie vera vincent willem wilma wim wouter
xander yara yasmin youssef yusuf yvonne zahra zeynep
"""
FIRST_NAMES = frozenset(_NAMES.split())
