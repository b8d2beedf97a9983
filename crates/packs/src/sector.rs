//! The sectors of society that PLOVER tells actors apart by.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A sector, by the code of PLOVER and of CAMEO before it; diplomats and companies' trades keep a code of their own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Sector {
    /// The executive and its agencies.
    Gov,
    /// Armed forces of a state, their members and their equipment.
    Mil,
    /// Diplomats, embassies and envoys: of the government, but worth telling apart.
    Dip,
    /// Parliaments and their members.
    Leg,
    /// Courts, judges, prosecutors.
    Jud,
    /// Police and others who keep order inside a state.
    Cop,
    /// Intelligence services.
    Spy,
    /// The opposition where it is not armed.
    Opp,
    /// Parties.
    Pty,
    /// Armed groups that fight a state or hold ground against one.
    Reb,
    /// Gangs, traffickers, pirates.
    Crm,
    /// Civilians, as such.
    Cvl,
    /// Refugees and displaced people.
    Ref,
    /// Companies, employers, banks.
    Bus,
    /// Trade unions and workers.
    Lab,
    /// Media and journalists.
    Med,
    /// Schools, universities, researchers.
    Edu,
    /// Medicine.
    Hlh,
    /// Clergy and bodies of believers.
    Rel,
    /// Former holders of power and people of note.
    Eli,
    /// Intergovernmental organisations.
    Igo,
    /// Non-governmental organisations.
    Ngo,
}

impl Sector {
    /// The code: `GOV`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sector::Gov => "GOV",
            Sector::Mil => "MIL",
            Sector::Dip => "DIP",
            Sector::Leg => "LEG",
            Sector::Jud => "JUD",
            Sector::Cop => "COP",
            Sector::Spy => "SPY",
            Sector::Opp => "OPP",
            Sector::Pty => "PTY",
            Sector::Reb => "REB",
            Sector::Crm => "CRM",
            Sector::Cvl => "CVL",
            Sector::Ref => "REF",
            Sector::Bus => "BUS",
            Sector::Lab => "LAB",
            Sector::Med => "MED",
            Sector::Edu => "EDU",
            Sector::Hlh => "HLH",
            Sector::Rel => "REL",
            Sector::Eli => "ELI",
            Sector::Igo => "IGO",
            Sector::Ngo => "NGO",
        }
    }
}

impl fmt::Display for Sector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
