/**
 * Positions as people write them, with what a marketer says they are: level, function. Written without looking at the words of the rules.
 * Those of `seen` were used to mend the rules; those of `heldOut` never: the share right of them is what the rules are worth.
 */
const table = (text: string): { title: string; level: string; function: string }[] =>
  text.trim().split('\n').map((line) => {
    const [title, level, does] = line.split('|').map((one) => one.trim()) as [string, string, string];
    return { title, level, function: does };
  });

export const seen = table(`
CEO | chief | management
Chief Marketing Officer | chief | marketing
Chief Information Officer (CIO) | chief | it
VP of Sales, EMEA | vp | sales
Senior Vice President Operations | vp | production
Director of Procurement | director | purchasing
Head of Engineering | director | engineering
Global Sourcing Manager | manager | purchasing
Plant Manager | manager | production
Maintenance Supervisor | manager | maintenance
Senior Process Engineer | specialist | engineering
Software Developer | specialist | it
Buyer II | specialist | purchasing
Quality Assurance Specialist | specialist | quality
Executive Assistant to the CEO | assistant | administration
Accounts Payable Clerk | assistant | finance
Owner/Operator | chief | management
HR Business Partner | specialist | hr
Mechanical Design Engineer | specialist | engineering
Account Executive | specialist | sales
Environmental Health & Safety Manager | manager | safety
Student | other | unknown
Retired | other | unknown
Research Scientist | specialist | research
Warehouse Manager | manager | logistics
IT Systems Administrator | specialist | it
General Counsel | specialist | legal
Product Marketing Manager | manager | marketing
Field Service Technician | specialist | service
President & Founder | chief | management
Geschäftsführer | chief | management
Geschaeftsfuehrender Gesellschafter | chief | management
Leiter Einkauf | director | purchasing
Einkäuferin | specialist | purchasing
Vertriebsleiter Nord | director | sales
Leiterin Qualitätsmanagement | director | quality
Teamleiter Instandhaltung | manager | maintenance
Konstrukteur | specialist | engineering
Projektleiter Anlagenbau | manager | unknown
Betriebsleiter | manager | production
Sachbearbeiter Buchhaltung | specialist | finance
Assistentin der Geschäftsführung | assistant | administration
Produktionsleiter | director | production
Entwicklungsingenieur | specialist | engineering
IT-Leiter | director | it
Inhaber | chief | management
Prokurist | director | management
Werkstudent Marketing | other | marketing
Außendienstmitarbeiter | specialist | sales
Verfahrenstechniker | specialist | engineering
Directeur des achats | director | purchasing
Responsable maintenance | manager | maintenance
PDG | chief | management
Directrice marketing | director | marketing
Ingénieur d'études | specialist | engineering
Chef de projet informatique | manager | it
Acheteur industriel | specialist | purchasing
Technico-commercial | specialist | sales
Assistante de direction | assistant | administration
Gérant | chief | management
Responsable qualité | manager | quality
Stagiaire | other | unknown
Director General | chief | management
Gerente de Compras | manager | purchasing
Jefe de Mantenimiento | manager | maintenance
Jefa de producción | manager | production
Ingeniero de procesos | specialist | engineering
Director Comercial | director | sales
Técnico de calidad | specialist | quality
Gerente General | chief | management
Auxiliar administrativo | assistant | administration
Responsable de Recursos Humanos | manager | hr
Propietario | chief | management
Diretor Financeiro | director | finance
Gerente de Vendas | manager | sales
Engenheiro de Manutenção | specialist | maintenance
Comprador Sênior | specialist | purchasing
Coordenador de Logística | specialist | logistics
Sócio-gerente | chief | management
Analista de Sistemas | specialist | it
Estagiário | other | unknown
Inkoper | specialist | purchasing
Hoofd Inkoop | director | purchasing
Algemeen directeur | chief | management
Directeur | director | unknown
Verkoopleider | manager | sales
Onderhoudsmonteur | specialist | maintenance
Kwaliteitsmanager | manager | quality
Directiesecretaresse | assistant | administration
Projectleider | manager | unknown
Amministratore Delegato | chief | management
Responsabile acquisti | manager | purchasing
Direttore commerciale | director | sales
Direttore di stabilimento | director | production
Ingegnere meccanico | specialist | engineering
Ufficio acquisti | unknown | purchasing
Impiegata amministrativa | assistant | administration
Titolare | chief | management
Capo officina | manager | production
Tecnico manutentore | specialist | maintenance
`);

export const heldOut = table(`
Chief Financial Officer | chief | finance
Managing Director | chief | management
Co-Founder & CTO | chief | engineering
Executive Vice President, Supply Chain | vp | logistics
Assistant Vice President of Finance | vp | finance
Sales Director, North America | director | sales
Director, Research and Development | director | research
Operations Manager | manager | production
Purchasing Manager | manager | purchasing
Regional Sales Manager | manager | sales
Key Account Manager | manager | sales
Engineering Manager | manager | engineering
Maintenance Planner | specialist | maintenance
Reliability Engineer | specialist | maintenance
Sales Engineer | specialist | sales
Chemical Engineer | specialist | engineering
Lab Technician | specialist | research
Production Supervisor | manager | production
Marketing Coordinator | specialist | marketing
Customer Service Representative | specialist | service
Administrative Assistant | assistant | administration
Receptionist | assistant | administration
Human Resources Generalist | specialist | hr
Corporate Attorney | specialist | legal
Network Engineer | specialist | it
Data Analyst | specialist | it
Senior Buyer - MRO | specialist | purchasing
Facilities Manager | manager | maintenance
Professor of Chemistry | specialist | research
Sr. Mgr, Global Procurement | manager | purchasing
Dir. Quality | director | quality
Summer Intern | other | unknown
Controller | manager | finance
General Manager | director | management
Business Development Manager | manager | sales
Estimator | specialist | engineering
Project Engineer | specialist | engineering
Vorstandsvorsitzender | chief | management
Technischer Leiter | director | engineering
Kaufmännischer Leiter | director | finance
Leitung Marketing & Kommunikation | director | marketing
Strategischer Einkäufer (m/w/d) | specialist | purchasing
Vertriebsingenieur | specialist | sales
Servicetechniker | specialist | service
Schichtleiter Fertigung | manager | production
Gruppenleiter Konstruktion | manager | engineering
Leiter:in Personal | director | hr
Werksleiter | manager | production
Anwendungstechniker | specialist | engineering
Wirtschaftsinformatiker | specialist | it
Sekretariat | assistant | administration
Auszubildender Industriekaufmann | other | unknown
Key-Account-Managerin | manager | sales
Sicherheitsbeauftragter | specialist | safety
Disponent | specialist | logistics
Laborleiterin | manager | research
Directeur général | chief | management
Directrice des ressources humaines | director | hr
Responsable de production | manager | production
Chef d'atelier | manager | production
Ingénieur commercial | specialist | sales
Technicien de maintenance | specialist | maintenance
Chargée de communication | specialist | marketing
Comptable | specialist | finance
Directeur technique | director | engineering
Responsable bureau d'études | manager | engineering
Secrétaire | assistant | administration
Directeur d'usine | director | production
Directora de Marketing | director | marketing
Jefe de Compras | manager | purchasing
Consejero Delegado | chief | management
Gerente de Planta | manager | production
Encargado de almacén | manager | logistics
Técnico comercial | specialist | sales
Ingeniera química | specialist | engineering
Responsable de Informática | manager | it
Secretaria de dirección | assistant | administration
Administrador único | chief | management
Diretora Comercial | director | sales
Gerente Industrial | manager | production
Supervisor de Produção | manager | production
Engenheiro de Processos | specialist | engineering
Técnico de Segurança do Trabalho | specialist | safety
Analista de Compras | specialist | purchasing
Assistente administrativo | assistant | administration
Proprietário | chief | management
Technisch directeur | director | engineering
Hoofd Technische Dienst | director | maintenance
Eigenaar | chief | management
Accountmanager | manager | sales
Productieleider | manager | production
Werktuigbouwkundig ingenieur | specialist | engineering
Medewerker inkoop | specialist | purchasing
Teamleider logistiek | manager | logistics
Direttore generale | chief | management
Responsabile ufficio tecnico | manager | engineering
Direttore acquisti | director | purchasing
Responsabile qualità | manager | quality
Addetto alla manutenzione | specialist | maintenance
Tecnico commerciale | specialist | sales
Segretaria | assistant | administration
Responsabile risorse umane | manager | hr
Progettista meccanico | specialist | engineering
Consulente | specialist | unknown
`);
