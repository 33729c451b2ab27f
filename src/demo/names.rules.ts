/** Names of invented people, by language. Long because a world with forty names would teach matching nothing. */
export type Language = 'en' | 'de' | 'es' | 'fr' | 'it' | 'nl' | 'pl' | 'tr' | 'hi';

interface NamePool {
  female: readonly string[];
  male: readonly string[];
  family: readonly string[];
  /** Spanish speakers often carry two family names. */
  twoFamilies?: number;
  honorifics: { female: string; male: string };
}

/** One word per name; an underscore stands for the space inside a name. */
const words = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));

export const names: Record<Language, NamePool> = {
  en: {
    female: words(`Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Sandra Ashley Kimberly
      Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela Shirley Anna Brenda
      Pamela Nicole Ruth Katherine Samantha Christine Emma Catherine Virginia Rachel Carolyn Janet Maria Heather Diane Julie Joyce
      Victoria Kelly Christina Joan Evelyn Lauren Judith Olivia Martha Cheryl Megan Andrea Hannah Jacqueline Ann Teresa Gloria Sara
      Janice Denise Tamika Latoya Priya Mei Guadalupe Rosa Yolanda Beth Colleen Erin Tanya Wendy Alison Fiona Gwen`),
    male: words(`James Robert John Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald
      Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan
      Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack Dennis Jerry Tyler Aaron Jose
      Adam Nathan Henry Douglas Zachary Peter Kyle Ethan Walter Noah Jeremy Christian Keith Roger Terry Austin Sean Gerald Carl Dylan
      Harold Jordan Jesse Bryan Lawrence Arthur Gabriel Bruce Logan Juan Luis Carlos Darnell Malik Wei Raj Curtis Dwayne Clyde Graham Ian`),
    family: words(`Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson Anderson Thomas Taylor
      Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott
      Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Phillips Evans Turner Parker
      Edwards Collins Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson
      Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster
      Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Jordan Patterson Alexander
      Hamilton Graham Reynolds Griffin Wallace West Cole Hayes Bryant Gibson Ellis Stevens Ford Marshall Owens McDonald Kennedy Wells
      Webb Tucker Freeman Olson Burns Crawford Holmes Palmer Hunt Gordon Rose Stone Black Mason Hicks Knight Dunn Carpenter Berry
      Lawson Fields Ryan Schmidt Carr Wheeler Armstrong Lane Andrews Weaver O'Brien O'Connor MacLeod Fitzgerald Whitaker Brandt Novak
      Kowalski Schultz Lindqvist Haugen Beauchamp Thibodeaux Landry Hebert Begay Yazzie Kealoha Nakamura Tanaka Chen Wong Singh`),
    honorifics: { female: 'Ms', male: 'Mr' },
  },
  de: {
    female: words(`Anna Maria Ursula Monika Petra Sabine Renate Andrea Claudia Susanne Birgit Gabriele Martina Angelika Heike Karin Silke
      Katrin Stefanie Nicole Julia Christine Brigitte Anja Tanja Kerstin Melanie Sandra Cornelia Bettina Ute Simone Nadine Sonja
      Barbara Elke Jana Katharina Lena Laura Lisa Sarah Johanna Franziska Antje Dagmar Doris Ilse Ingrid Jutta Kirsten Manuela Marion
      Regina Silvia Ulrike Verena Yvonne Zeynep Ayşe Elif Svetlana Olga Friederike Hannelore Jördis Käthe Mareike Wiebke Gudrun`),
    male: words(`Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Uwe Werner Horst Frank Dieter Manfred Gerhard
      Bernd Torsten Mathias Helmut Matthias Markus Jörg Heinz Martin Rainer Ralf Alexander Sven Holger Dirk Karsten Jens Oliver Tobias
      Sebastian Florian Daniel Jan Lukas Maximilian Felix Philipp Benjamin Dominik Marco Björn Axel Volker Rüdiger Lothar Detlef
      Hartmut Norbert Joachim Karl-Heinz Hans-Peter Götz Jochen Kai Lars Nils Ole Timo Mehmet Mustafa Ali Dimitri Sergej Marek Till Urs`),
    family: words(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder
      Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier
      Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller
      Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher
      Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel
      Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Nowak Yilmaz Kaya Öztürk Petrov Ivanov Kowalczyk Lindner Bachmann
      Nagel Ernst Lutz Paul Dietz Hübner Grimm Ullrich Barth Fiedler Thiel Janßen Götz Beyer Reuter Mohr Wegener Steinbach Rosenthal
      Trautmann Hinrichs Petersen Hansen Claussen Behrens Lüders Harms Oltmanns Freitag Sonntag Straub Häberle Pfister Zürcher Brugger
      von_der_Heide van_Almsick Graf-Lehndorff Schmidt-Rottluff Meier-Ebert Bußmann Strößner Löffler Kröger`),
    honorifics: { female: 'Frau', male: 'Herr' },
  },
  es: {
    female: words(`María Carmen Ana Isabel Laura Cristina Marta Dolores Lucía Pilar Elena Raquel Paula Rosa Mercedes Josefa Teresa Beatriz
      Silvia Patricia Rocío Montserrat Sara Andrea Irene Julia Alba Susana Sonia Marina Yolanda Natalia Inmaculada Margarita Eva
      Verónica Inés Amparo Nuria Claudia Gloria Lourdes Begoña Concepción Encarnación Consuelo Olga Ángela Aitana Itziar Nerea Amaia
      Mireia Núria Laia Uxía Sabela Araceli Esperanza Milagros Remedios Blanca`),
    male: words(`Antonio Manuel José Francisco David Juan Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Ángel Pablo Sergio
      Fernando Luis Jorge Alberto Álvaro Diego Adrián Raúl Enrique Ramón Vicente Iván Rubén Óscar Andrés Joaquín Santiago Eduardo
      Víctor Roberto Jaime Mario Ignacio Marcos Salvador Ricardo Jordi Emilio Julián Tomás Agustín Guillermo Hugo Félix Nicolás Gonzalo
      Iker Aitor Unai Gorka Xavier Oriol Pau Xoán Anxo Íñigo Borja Rodrigo Ismael`),
    family: words(`García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno Muñoz
      Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro
      Ortega Delgado Ortiz Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano Cruz Méndez
      Flores Prieto Herrera Peña León Márquez Cabrera Gallego Calvo Vidal Campos Reyes Vega Fuentes Carrasco Aguilar Caballero Nieto
      Santana Vargas Pascual Giménez Herrero Hidalgo Montero Lorenzo Ibáñez Santiago Durán Benítez Ferrer Arias Mora Carmona Vicente
      Crespo Soto Román Pastor Velasco Sáez Parra Moya Soler Gallardo Bravo Rojas Esteban Franco Rivas Etxeberria Agirre Goikoetxea
      Zabala Arrizabalaga Puig Roca Bosch Casas Riera Ferreiro Outeiro Seoane Quiroga Villanueva Belmonte Escobedo`),
    twoFamilies: 0.45,
    honorifics: { female: 'Sra.', male: 'Sr.' },
  },
  fr: {
    female: words(
      `Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Christine Céline Sandrine Véronique Stéphanie Émilie Aurélie Hélène Chloé Camille Léa`,
    ),
    male: words(
      `Jean Pierre Michel Philippe Alain Nicolas Christophe Laurent Stéphane Frédéric Sébastien Julien François Gérard Thierry Benoît Jérôme Loïc`,
    ),
    family: words(
      `Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Laurent Lefèvre Michel Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Faure Mercier Blanc Guérin Boyer Garnier Chevalier Renaud Gauthier Lemaître Béranger`,
    ),
    honorifics: { female: 'Mme', male: 'M.' },
  },
  it: {
    female: words(`Giulia Chiara Francesca Federica Sara Martina Valentina Alessia Silvia Elisa Paola Laura Elena Roberta Simona Daniela`),
    male: words(`Marco Andrea Luca Matteo Alessandro Francesco Giuseppe Antonio Davide Stefano Paolo Roberto Simone Fabio Gianluca Nicolò`),
    family: words(
      `Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Caruso`,
    ),
    honorifics: { female: 'Sig.ra', male: 'Sig.' },
  },
  nl: {
    female: words(`Anouk Sanne Femke Marloes Ingrid Saskia Marieke Annelies Lotte Esther`),
    male: words(`Jeroen Pieter Bas Sander Wouter Joost Maarten Ruud Thijs Koen`),
    family: words(`de_Vries Jansen van_Dijk Bakker Visser Smit Meijer de_Boer Mulder de_Groot Bos Vos Peters Hendriks van_Leeuwen Dekker`),
    honorifics: { female: 'Mevr.', male: 'Dhr.' },
  },
  pl: {
    female: words(`Agnieszka Małgorzata Katarzyna Ewa Joanna Magdalena Beata Elżbieta Zofia Dorota`),
    male: words(`Piotr Krzysztof Andrzej Tomasz Paweł Marcin Grzegorz Łukasz Zbigniew Wojciech`),
    family: words(
      `Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur`,
    ),
    honorifics: { female: 'Pani', male: 'Pan' },
  },
  tr: {
    female: words(`Ayşe Fatma Zeynep Elif Esra Merve Gülşen Özlem Sibel Deniz`),
    male: words(`Mehmet Mustafa Ahmet Ali Hüseyin Hasan Emre Burak Serkan Çağlar`),
    family: words(`Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan`),
    honorifics: { female: 'Ms', male: 'Mr' },
  },
  hi: {
    female: words(`Priya Anjali Sunita Kavita Neha Pooja Lakshmi Deepa Meera Shreya`),
    male: words(`Rajesh Sanjay Amit Vikram Suresh Arun Manoj Anil Rahul Venkat`),
    family: words(`Sharma Verma Gupta Patel Reddy Iyer Nair Mehta Desai Kulkarni Chatterjee Banerjee Rao Krishnan Menon`),
    honorifics: { female: 'Ms', male: 'Mr' },
  },
};

/** What people write instead of their first name. */
export const nicknames: Readonly<Record<string, string>> = {
  James: 'Jim',
  Robert: 'Bob',
  John: 'Jack',
  Michael: 'Mike',
  William: 'Bill',
  David: 'Dave',
  Richard: 'Rick',
  Joseph: 'Joe',
  Thomas: 'Tom',
  Charles: 'Chuck',
  Christopher: 'Chris',
  Daniel: 'Dan',
  Matthew: 'Matt',
  Anthony: 'Tony',
  Donald: 'Don',
  Steven: 'Steve',
  Andrew: 'Andy',
  Joshua: 'Josh',
  Kenneth: 'Ken',
  Timothy: 'Tim',
  Ronald: 'Ron',
  Edward: 'Ed',
  Jeffrey: 'Jeff',
  Nicholas: 'Nick',
  Jonathan: 'Jon',
  Benjamin: 'Ben',
  Samuel: 'Sam',
  Gregory: 'Greg',
  Alexander: 'Alex',
  Patrick: 'Pat',
  Raymond: 'Ray',
  Gerald: 'Gerry',
  Lawrence: 'Larry',
  Patricia: 'Pat',
  Jennifer: 'Jen',
  Elizabeth: 'Liz',
  Barbara: 'Barb',
  Susan: 'Sue',
  Jessica: 'Jess',
  Margaret: 'Peggy',
  Kimberly: 'Kim',
  Deborah: 'Debbie',
  Stephanie: 'Steph',
  Rebecca: 'Becky',
  Katherine: 'Kate',
  Catherine: 'Cathy',
  Samantha: 'Sam',
  Christine: 'Chris',
  Pamela: 'Pam',
  Victoria: 'Vicky',
  Cynthia: 'Cindy',
  Wolfgang: 'Wolf',
  Günter: 'Gunter',
  Sebastian: 'Basti',
  Maximilian: 'Max',
  Philipp: 'Phil',
  'Hans-Peter': 'Hape',
  'Karl-Heinz': 'Kalle',
  Katharina: 'Kathi',
  Susanne: 'Susi',
  Gabriele: 'Gabi',
  Angelika: 'Geli',
  Francisco: 'Paco',
  José: 'Pepe',
  Ignacio: 'Nacho',
  Manuel: 'Manolo',
  Antonio: 'Toni',
  Dolores: 'Lola',
  Josefa: 'Pepa',
  Concepción: 'Concha',
  Mercedes: 'Merche',
  Rosario: 'Charo',
  Enrique: 'Quique',
  Rafael: 'Rafa',
  Alejandro: 'Álex',
  Guillermo: 'Guille',
  Isabel: 'Isa',
};
