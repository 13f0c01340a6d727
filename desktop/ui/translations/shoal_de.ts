<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>Shoal</name>
<message>
  <location filename="desktop/console/actions.py"/>
  <source>the path is empty; a dot is the folder you are in</source>
  <translation>der Pfad ist leer; ein Punkt ist der Ordner, in dem du bist</translation>
</message>
<message>
  <location filename="desktop/console/commands.py"/>
  <source>unreadable line: it holds a NUL, which no name and no path can</source>
  <translation>unlesbare Zeile: Sie enthält ein NUL, das in keinem Namen und keinem Pfad stehen kann</translation>
</message>
<message>
  <location filename="desktop/console/commands.py"/>
  <source>type a command; `help` lists them</source>
  <translation>gib einen Befehl ein; `help` listet sie auf</translation>
</message>
<message>
  <location filename="desktop/console/prompt.py"/>
  <source>the line is not UTF-8 text</source>
  <translation>die Zeile ist kein UTF-8-Text</translation>
</message>
<message>
  <location filename="desktop/engine/account.py"/>
  <source>others may have read the key</source>
  <translation>andere könnten den Schlüssel gelesen haben</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/downloads.py"/>
  <source>they are not complete yet</source>
  <translation>sie sind noch nicht vollständig</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <location filename="desktop/engine/sharing.py"/>
  <source>that block is not here</source>
  <translation>dieser Block ist nicht hier</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <source>the part file cannot be read</source>
  <translation>die Teildatei kann nicht gelesen werden</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <source>it was shared with a size that is not its own</source>
  <translation>sie wurde mit einer Größe geteilt, die nicht ihre eigene ist</translation>
</message>
<message>
  <location filename="desktop/engine/files/open_file.py"/>
  <source>the file is not in use any more</source>
  <translation>die Datei wird nicht mehr benutzt</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Change password</source>
  <translation>Passwort ändern</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>These devices log in as you without a password. One that is revoked must type it again.</source>
  <translation>Diese Geräte melden sich ohne Passwort als du an. Ein gesperrtes Gerät muss es neu eingeben.</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Delete account for good</source>
  <translation>Konto endgültig löschen</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Device revoked</source>
  <translation>Gerät gesperrt</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Account deleted</source>
  <translation>Konto gelöscht</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Old password</source>
  <translation>Altes Passwort</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>New password</source>
  <translation>Neues Passwort</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>New password again</source>
  <translation>Neues Passwort noch einmal</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Password changed</source>
  <translation>Passwort geändert</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>The new password was typed in two ways; nothing was changed</source>
  <translation>Das neue Passwort wurde zweimal verschieden eingegeben; nichts wurde geändert</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <location filename="desktop/ui/login_page.py"/>
  <source>Password</source>
  <translation>Passwort</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Devices</source>
  <translation>Geräte</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Revoke</source>
  <translation>Sperren</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Delete</source>
  <translation>Löschen</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>this one</source>
  <translation>dieses hier</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{size}/s</source>
  <translation>{size}/s</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <source>%Ln days</source>
  <translation><numerusform>%Ln Tag</numerusform><numerusform>%Ln Tage</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>yesterday</source>
  <translation>gestern</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>0 kB/s</source>
  <translation>0 kB/s</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{seconds} s</source>
  <translation>{seconds} s</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{minutes} min</source>
  <translation>{minutes} min</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{hours} h {minutes} min</source>
  <translation>{hours} h {minutes} min</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <source>%Ln days ago</source>
  <translation><numerusform>vor %Ln Tag</numerusform><numerusform>vor %Ln Tagen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>Search</source>
  <translation>Suchen</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Create a group or join one first</source>
  <translation>Erstelle zuerst eine Gruppe oder tritt einer bei</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Share {what}
in {group}</source>
  <translation>{what}
in {group} teilen</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>{group} has not let you in yet</source>
  <translation>{group} hat dich noch nicht aufgenommen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/drops.py"/>
  <source>{name} and %Ln more</source>
  <translation><numerusform>{name} und %Ln weitere</numerusform><numerusform>{name} und %Ln weitere</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Share in {group}</source>
  <translation>In {group} teilen</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>The files stay on this computer. Others keep what they have fetched.</source>
  <translation>Die Dateien bleiben auf diesem Computer. Andere behalten, was sie geladen haben.</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Stop sharing {name}?</source>
  <translation>{name} nicht mehr teilen?</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Download to</source>
  <translation>Herunterladen nach</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/file_acts.py"/>
  <source>%Ln items</source>
  <translation><numerusform>%Ln Element</numerusform><numerusform>%Ln Elemente</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>{name} no longer shared</source>
  <translation>{name} wird nicht mehr geteilt</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>It is what was shared, byte for byte</source>
  <translation>Es ist Byte für Byte, was geteilt wurde</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/file_acts.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>%Ln downloads</source>
  <translation><numerusform>%Ln Download</numerusform><numerusform>%Ln Downloads</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Nobody online has it; it starts by itself</source>
  <translation>Niemand, der online ist, hat es; es beginnt von selbst</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>No program here opens folders; it lies in {folder}</source>
  <translation>Kein Programm hier öffnet Ordner; es liegt in {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Cancel {name}?</source>
  <translation>{name} abbrechen?</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>What was fetched of it so far is deleted.</source>
  <translation>Was davon schon geladen wurde, wird gelöscht.</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Stop sharing</source>
  <translation>Nicht mehr teilen</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Cancel download</source>
  <translation>Download abbrechen</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/login_page.py"/>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Name</source>
  <translation>Name</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Size</source>
  <translation>Größe</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Peers</source>
  <translation>Peers</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Shared by</source>
  <translation>Geteilt von</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Added</source>
  <translation>Hinzugefügt</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>State</source>
  <translation>Zustand</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>file</source>
  <translation>Datei</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>folder</source>
  <translation>Ordner</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files_model.py"/>
  <source>{online} of %Ln online</source>
  <translation><numerusform>{online} von %Ln online</numerusform><numerusform>{online} von %Ln online</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>you share it</source>
  <translation>du teilst es</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files_model.py"/>
  <location filename="desktop/ui/files_pane.py"/>
  <source>%Ln files</source>
  <translation><numerusform>%Ln Datei</numerusform><numerusform>%Ln Dateien</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Files</source>
  <translation>Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>No group chosen</source>
  <translation>Keine Gruppe gewählt</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Create a group or join one; its files appear here.</source>
  <translation>Erstelle eine Gruppe oder tritt einer bei; ihre Dateien erscheinen hier.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>{user} owns this group and was asked.</source>
  <translation>{user} besitzt diese Gruppe und wurde gefragt.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Waiting to be let in</source>
  <translation>Warten auf Aufnahme</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Files and folders that you drop are shared here.</source>
  <translation>Dateien und Ordner, die du hier ablegst, werden geteilt.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Drop files here</source>
  <translation>Dateien hier ablegen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>The owner of the group is asked to let you in.</source>
  <translation>Wer die Gruppe besitzt, wird gefragt, ob du hineindarfst.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Asked the owner of {group} to let you in</source>
  <translation>Anfrage zum Beitritt zu {group} gesendet</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>You stop sharing in it, and need to be let in again to come back.</source>
  <translation>Du teilst darin nichts mehr und musst neu aufgenommen werden, um zurückzukehren.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Leave {group}?</source>
  <translation>{group} verlassen?</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Request to join {group} withdrawn</source>
  <translation>Beitrittsanfrage an {group} zurückgezogen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} is now a member of {group}</source>
  <translation>{user} ist jetzt Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Request of {user} rejected</source>
  <translation>Anfrage von {user} abgelehnt</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} removed from {group}</source>
  <translation>{user} aus {group} entfernt</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Left {group}</source>
  <translation>{group} verlassen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} is now the owner of {group}</source>
  <translation>{group} gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Group {group} created</source>
  <translation>Gruppe {group} erstellt</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>There is no other group to join yet</source>
  <translation>Es gibt noch keine andere Gruppe zum Beitreten</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/group_acts.py"/>
  <source>%Ln members</source>
  <translation><numerusform>%Ln Mitglied</numerusform><numerusform>%Ln Mitglieder</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Left {group}; {user} owns it now</source>
  <translation>{group} verlassen; sie gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>New group</source>
  <translation>Neue Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Create group</source>
  <translation>Gruppe erstellen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Join a group</source>
  <translation>Einer Gruppe beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Ask to join</source>
  <translation>Um Aufnahme bitten</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Ownership passes on to another member, if there is one.</source>
  <translation>Die Gruppe geht auf ein anderes Mitglied über, falls es eines gibt.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Let {user} into {group}?</source>
  <translation>{user} in {group} aufnehmen?</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Members see and fetch all files of the group, and may share their own.</source>
  <translation>Mitglieder sehen und laden alle Dateien der Gruppe und können eigene teilen.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Remove {user} from {group}?</source>
  <translation>{user} aus {group} entfernen?</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>What was fetched already stays where it is; nothing new can be fetched.</source>
  <translation>Was schon geladen wurde, bleibt dort; Neues kann nicht mehr geladen werden.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Make {user} the owner of {group}?</source>
  <translation>{group} an {user} übergeben?</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>You stay a member. Only the new owner can give it back.</source>
  <translation>Du bleibst Mitglied. Nur wer sie dann besitzt, kann sie zurückgeben.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Leave</source>
  <translation>Verlassen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <source>Accept</source>
  <translation>Annehmen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <source>Reject</source>
  <translation>Ablehnen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Remove</source>
  <translation>Entfernen</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Make owner</source>
  <translation>Übergeben</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>you own it</source>
  <translation>gehört dir</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>you are a member</source>
  <translation>du bist Mitglied</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>request sent</source>
  <translation>Anfrage gesendet</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Members</source>
  <translation>Mitglieder</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Requests</source>
  <translation>Anfragen</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>{user} asks to join</source>
  <translation>{user} möchte beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Owner: {user}</source>
  <translation>Gehört: {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>owner</source>
  <translation>Besitzer</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>online</source>
  <translation>online</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>offline</source>
  <translation>offline</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>Groups</source>
  <translation>Gruppen</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>No groups yet</source>
  <translation>Noch keine Gruppen</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>Create a group or join one.</source>
  <translation>Erstelle eine Gruppe oder tritt einer bei.</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>{user} asks to join {group}</source>
  <translation>{user} möchte {group} beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>You are now a member of {group}</source>
  <translation>Du bist jetzt Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>Your request to join {group} was turned down</source>
  <translation>Deine Anfrage an {group} wurde abgelehnt</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>You are no longer a member of {group}</source>
  <translation>Du bist nicht mehr Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{group} belongs to {user} now</source>
  <translation>{group} gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is here</source>
  <translation>{name} ist da</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} could not be downloaded: {why}</source>
  <translation>{name} konnte nicht heruntergeladen werden: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is no longer shared in {group}: {why}</source>
  <translation>{name} wird nicht mehr in {group} geteilt: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>No space left for {path}; it goes on by itself when there is</source>
  <translation>Kein Platz mehr für {path}; es geht von selbst weiter, sobald welcher da ist</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/happenings.py"/>
  <source>The clock of this computer is off by %Ln seconds; set it right</source>
  <translation><numerusform>Die Uhr dieses Computers geht um %Ln Sekunde falsch; stelle sie richtig</numerusform><numerusform>Die Uhr dieses Computers geht um %Ln Sekunden falsch; stelle sie richtig</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>First time at the tracker {address}; its key is remembered</source>
  <translation>Zum ersten Mal beim Tracker {address}; sein Schlüssel wird gemerkt</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limit downloads</source>
  <translation>Downloads begrenzen</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limit uploads</source>
  <translation>Uploads begrenzen</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Stopped</source>
  <translation>Angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Do not limit my own network</source>
  <translation>Mein eigenes Netz nicht begrenzen</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Set limits</source>
  <translation>Begrenzen</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>Limits</source>
  <translation>Grenzen</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Alternative hours: {hours}</source>
  <translation>Andere Stunden: {hours}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>On top of the limits over all groups.</source>
  <translation>Zusätzlich zu den Grenzen über alle Gruppen.</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limits set</source>
  <translation>Grenzen gesetzt</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>KiB per second</source>
  <translation>KiB je Sekunde</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Normal hours</source>
  <translation>Normale Stunden</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Alternative hours</source>
  <translation>Andere Stunden</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Within {group}</source>
  <translation>In {group}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>KiB/s</source>
  <translation>KiB/s</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>alternative hours</source>
  <translation>andere Stunden</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/login_page.py"/>
  <source>Password, %Ln characters or more</source>
  <translation><numerusform>Passwort, mindestens %Ln Zeichen</numerusform><numerusform>Passwort, mindestens %Ln Zeichen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Welcome to Shoal</source>
  <translation>Willkommen bei Shoal</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Share files directly with the people of your groups.</source>
  <translation>Teile Dateien direkt mit den Menschen deiner Gruppen.</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Log in</source>
  <translation>Anmelden</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Create account</source>
  <translation>Konto erstellen</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Starting…</source>
  <translation>Startet …</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Account of {user}</source>
  <translation>Konto von {user}</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>As the system</source>
  <translation>Wie das System</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Light</source>
  <translation>Hell</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Dark</source>
  <translation>Dunkel</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Group</source>
  <translation>&amp;Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;New group…</source>
  <translation>&amp;Neue Gruppe …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Join a group…</source>
  <translation>Einer Gruppe &amp;beitreten …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Join</source>
  <translation>Beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Accept into the group</source>
  <translation>In die Gruppe &amp;aufnehmen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Reject</source>
  <translation>Ab&amp;lehnen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Re&amp;move from the group…</source>
  <translation>Aus der Gruppe &amp;entfernen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Make &amp;owner…</source>
  <translation>Grupp&amp;e übergeben …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Withdraw request</source>
  <translation>Anfrage &amp;zurückziehen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Leave group…</source>
  <translation>Gruppe &amp;verlassen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>L&amp;imits of the group…</source>
  <translation>G&amp;renzen der Gruppe …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Files</source>
  <translation>&amp;Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Share files…</source>
  <translation>Dateien &amp;teilen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share files</source>
  <translation>Dateien teilen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share &amp;folder…</source>
  <translation>&amp;Ordner teilen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share folder</source>
  <translation>Ordner teilen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Download</source>
  <translation>&amp;Herunterladen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Download &amp;to…</source>
  <translation>Herunterladen &amp;nach …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>St&amp;op sharing…</source>
  <translation>Nicht &amp;mehr teilen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Transfers</source>
  <translation>&amp;Übertragungen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Pause</source>
  <translation>&amp;Anhalten</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Resume or try again</source>
  <translation>&amp;Fortsetzen oder neu versuchen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Resume</source>
  <translation>Fortsetzen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Cancel or remove from list</source>
  <translation>Ab&amp;brechen oder aus der Liste entfernen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <location filename="desktop/ui/sharing.py"/>
  <source>Cancel</source>
  <translation>Abbrechen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>F&amp;irst to last, for a preview</source>
  <translation>Von &amp;vorn nach hinten, für eine Vorschau</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>R&amp;arest first, best for all</source>
  <translation>&amp;Seltenes zuerst, am besten für alle</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Check &amp;what was downloaded</source>
  <translation>Geladenes &amp;prüfen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Show in &amp;folder</source>
  <translation>Im &amp;Ordner zeigen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Limits…</source>
  <translation>&amp;Grenzen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Account</source>
  <translation>&amp;Konto</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Change password…</source>
  <translation>&amp;Passwort ändern …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>De&amp;vices…</source>
  <translation>&amp;Geräte …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Log out</source>
  <translation>&amp;Abmelden</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Delete account…</source>
  <translation>Konto &amp;löschen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Quit Shoal</source>
  <translation>Shoal &amp;beenden</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;View</source>
  <translation>&amp;Ansicht</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Lan&amp;guage</source>
  <translation>S&amp;prache</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Download complete</source>
  <translation>Download fertig</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Download failed</source>
  <translation>Download fehlgeschlagen</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Request to join</source>
  <translation>Beitrittsanfrage</translation>
</message>
<message>
  <location filename="desktop/ui/notices.py"/>
  <source>Close this message</source>
  <translation>Diese Meldung schließen</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of {whole}</source>
  <translation>{done} von {whole}</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name}: {how_far}</source>
  <translation>{name} wird vorbereitet: {how_far}</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing files to share</source>
  <translation>Dateien werden zum Teilen vorbereitet</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Stop preparing files to share</source>
  <translation>Vorbereitung zum Teilen abbrechen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of %Ln files</source>
  <translation><numerusform>{done} von %Ln Datei</numerusform><numerusform>{done} von %Ln Dateien</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>for {group}</source>
  <translation>für {group}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>(+%Ln more)</source>
  <translation><numerusform>(+%Ln weitere)</numerusform><numerusform>(+%Ln weitere)</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln files shared</source>
  <translation><numerusform>%Ln Datei geteilt</numerusform><numerusform>%Ln Dateien geteilt</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln files were left out</source>
  <translation><numerusform>%Ln Datei wurde ausgelassen</numerusform><numerusform>%Ln Dateien wurden ausgelassen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Sharing stopped; what was shared by then stays shared</source>
  <translation>Teilen abgebrochen; was bis dahin geteilt war, bleibt geteilt</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln were already</source>
  <translation><numerusform>%Ln war es schon</numerusform><numerusform>%Ln waren es schon</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>and %Ln more</source>
  <translation><numerusform>und %Ln weitere</numerusform><numerusform>und %Ln weitere</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} of {count} at {address}</source>
  <translation>Tracker {number} von {count} bei {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Trackers</source>
  <translation>Tracker</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Looking for a tracker…</source>
  <translation>Tracker wird gesucht …</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker connection</source>
  <translation>Verbindung zum Tracker</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Speeds</source>
  <translation>Geschwindigkeiten</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/status_line.py"/>
  <source>%Ln peers</source>
  <translation><numerusform>%Ln Peer</numerusform><numerusform>%Ln Peers</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker at {address}</source>
  <translation>Tracker bei {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} at {address}</source>
  <translation>Tracker {number} bei {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>limited</source>
  <translation>begrenzt</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>No tracker reachable, showing what was known; retrying</source>
  <translation>Kein Tracker erreichbar, gezeigt wird das Bekannte; neuer Versuch läuft</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker} is lost, looking for another…</source>
  <translation>{tracker} ist verloren, ein anderer wird gesucht …</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker} is stopping, moving to another…</source>
  <translation>{tracker} hört auf, Wechsel zu einem anderen …</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Using your own tracker on this computer</source>
  <translation>Dein eigener Tracker auf diesem Computer ist in Gebrauch</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker}, catching up</source>
  <translation>{tracker}, holt noch auf</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Group</source>
  <translation>Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Progress</source>
  <translation>Fortschritt</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Status</source>
  <translation>Status</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Time left</source>
  <translation>Restzeit</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Sources</source>
  <translation>Quellen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>downloading</source>
  <translation>lädt</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>downloaded</source>
  <translation>geladen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>paused</source>
  <translation>angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>failed</source>
  <translation>fehlgeschlagen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>{number} percent</source>
  <translation>{number} Prozent</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>waiting for data</source>
  <translation>wartet auf Daten</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>nobody online now</source>
  <translation>niemand online</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>({done} of {whole})</source>
  <translation>({done} von {whole})</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>{time} left</source>
  <translation>noch {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Transfers</source>
  <translation>Übertragungen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Nothing fetched yet</source>
  <translation>Noch nichts geladen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Double-click a file to download it.</source>
  <translation>Doppelklicke eine Datei, um sie herunterzuladen.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>%Ln active</source>
  <translation><numerusform>%Ln aktiv</numerusform><numerusform>%Ln aktiv</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>%Ln done</source>
  <translation><numerusform>%Ln fertig</numerusform><numerusform>%Ln fertig</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/tray.py"/>
  <source>%Ln people ask to join</source>
  <translation><numerusform>%Ln Person möchte beitreten</numerusform><numerusform>%Ln Personen möchten beitreten</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Open Shoal</source>
  <translation>Shoal öffnen</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Quit Shoal</source>
  <translation>Shoal beenden</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>No requests to join</source>
  <translation>Keine Beitrittsanfragen</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Resume all downloads</source>
  <translation>Alle Downloads fortsetzen</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Pause all downloads</source>
  <translation>Alle Downloads anhalten</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing when the window is closed?</source>
  <translation>Weiter teilen, wenn das Fenster geschlossen ist?</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Shoal can stay in the system tray: others go on fetching from you, and your downloads go on. You can change this in Preferences.</source>
  <translation>Shoal kann in der Taskleiste bleiben: Andere laden weiter von dir, und deine Downloads laufen weiter. In den Einstellungen kannst du das ändern.</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing</source>
  <translation>Weiter teilen</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>Alternative hours of the week</source>
  <translation>Andere Stunden der Woche</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody is logged in</source>
  <translation>niemand ist angemeldet</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another user is logged in here</source>
  <translation>hier ist jemand anderes angemeldet</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the user name or the password is wrong</source>
  <translation>Name oder Passwort ist falsch</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the password must have 8 to 256 characters</source>
  <translation>das Passwort muss 8 bis 256 Zeichen haben</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it already exists</source>
  <translation>es existiert schon</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not found</source>
  <translation>nicht gefunden</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not a member of {group}</source>
  <translation>kein Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>already a member of {group}</source>
  <translation>schon Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not the owner of {group}: only its owner may do that</source>
  <translation>{group} gehört dir nicht: nur wer sie besitzt, darf das</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no pending request of {user} in {group}</source>
  <translation>keine offene Anfrage von {user} in {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{name} is not shared by you in {group}</source>
  <translation>{name} wird von dir nicht in {group} geteilt</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side has not heard of it yet; try again in a moment</source>
  <translation>die andere Seite weiß noch nichts davon; versuche es gleich noch einmal</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that name cannot be used</source>
  <translation>dieser Name ist nicht möglich</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>an argument is not what it must be</source>
  <translation>ein Argument ist nicht, was es sein muss</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the command was not typed as it must be</source>
  <translation>der Befehl ist nicht richtig geschrieben</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that path cannot be used</source>
  <translation>dieser Pfad ist nicht möglich</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is not enough free space</source>
  <translation>es ist nicht genug Platz frei</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the disk is full; it goes on by itself when there is space</source>
  <translation>der Datenträger ist voll; es geht von selbst weiter, sobald Platz ist</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the disk did not do what was asked of it</source>
  <translation>der Datenträger hat nicht getan, was er sollte</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it took too long</source>
  <translation>es hat zu lange gedauert</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no tracker can be reached; what is known here is still shown, and it keeps trying</source>
  <translation>kein Tracker ist erreichbar; was hier bekannt ist, bleibt zu sehen, und es wird weiter versucht</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too much is asked at once; try again in a moment</source>
  <translation>zu viele Anfragen auf einmal; versuche es gleich noch einmal</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>a limit of this network is reached</source>
  <translation>eine Grenze dieses Netzes ist erreicht</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>this tracker lacks the secret that the password was stored with; tell who runs it</source>
  <translation>diesem Tracker fehlt das Geheimnis, mit dem das Passwort gespeichert wurde; sage es dem Betreiber</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the key of this device belongs to another user</source>
  <translation>der Schlüssel dieses Geräts gehört jemand anderem</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>this device has been revoked; log in again with the password</source>
  <translation>dieses Gerät wurde gesperrt; melde dich neu mit dem Passwort an</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the clock of this computer is too far off; set it right</source>
  <translation>die Uhr dieses Computers geht zu falsch; stelle sie richtig</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the tracker does not have the key it had before; tell who runs it and do not go on</source>
  <translation>der Tracker hat nicht den Schlüssel, den er vorher hatte; sage es dem Betreiber und mache nicht weiter</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the two programs have no protocol version in common; update the older one</source>
  <translation>die beiden Programme haben keine gemeinsame Protokollversion; aktualisiere das ältere</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side does not know this request; update it</source>
  <translation>die andere Seite kennt diese Anfrage nicht; aktualisiere sie</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>stored state is damaged</source>
  <translation>der gespeicherte Zustand ist beschädigt</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another Shoal uses this profile</source>
  <translation>ein anderes Shoal benutzt dieses Profil</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>something went wrong that should not have; the log says more</source>
  <translation>etwas ging schief, das nicht schiefgehen sollte; das Protokoll sagt mehr</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>user {user} already exists; choose another name</source>
  <translation>{user} gibt es schon; wähle einen anderen Namen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>group {group} already exists; choose another name</source>
  <translation>die Gruppe {group} gibt es schon; wähle einen anderen Namen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the old password is wrong</source>
  <translation>das alte Passwort ist falsch</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the password is wrong</source>
  <translation>das Passwort ist falsch</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>device {id} not found</source>
  <translation>Gerät {id} nicht gefunden</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not a member of {group}, so there is nothing to leave</source>
  <translation>kein Mitglied von {group}, also gibt es nichts zu verlassen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{name} not found in {group}</source>
  <translation>{name} nicht in {group} gefunden</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>user or group not found: {user}, {group}</source>
  <translation>Person oder Gruppe nicht gefunden: {user}, {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{user} is not a member of {group}</source>
  <translation>{user} ist kein Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no pending request of yours in {group}</source>
  <translation>keine offene Anfrage von dir in {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>group {group} not found</source>
  <translation>Gruppe {group} nicht gefunden</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>in use</source>
  <translation>in Gebrauch</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>reachable</source>
  <translation>erreichbar</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not needed yet</source>
  <translation>noch nicht gebraucht</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not reachable, {why}</source>
  <translation>nicht erreichbar, {why}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it was changed on disk</source>
  <translation>sie wurde auf dem Datenträger geändert</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not where it was on disk</source>
  <translation>sie ist nicht mehr da, wo sie war</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another file came before {old}, which is now shown as {new}</source>
  <translation>eine andere Datei kam {old} zuvor, die jetzt als {new} gezeigt wird</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are now called {new}: somebody else was {old} before you, at a tracker that yours could not reach; password, groups and files stay as they are</source>
  <translation>du heißt jetzt {new}: Jemand anderes war vor dir {old}, bei einem Tracker, den deiner nicht erreichte; Passwort, Gruppen und Dateien bleiben, wie sie sind</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>somebody else became {old} too, while trackers could not talk, and is now called {new}; you are still {old}</source>
  <translation>jemand anderes wurde auch {old}, während Tracker nicht miteinander sprachen, und heißt jetzt {new}; du bist weiter {old}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>your group {old} is now called {new}: another {old} was made before it, at a tracker that yours could not reach; members and files stay as they are</source>
  <translation>deine Gruppe {old} heißt jetzt {new}: Eine andere {old} entstand vorher, bei einem Tracker, den deiner nicht erreichte; Mitglieder und Dateien bleiben, wie sie sind</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another group was made as {old}, while trackers could not talk, and is now called {new}; yours is still {old}</source>
  <translation>eine andere Gruppe entstand als {old}, während Tracker nicht miteinander sprachen, und heißt jetzt {new}; deine ist weiter {old}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are called {new} again: nobody else has that name now</source>
  <translation>du heißt wieder {new}: Niemand sonst hat jetzt diesen Namen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>your group {old} is called {new} again: no other has that name now</source>
  <translation>deine Gruppe {old} heißt wieder {new}: Keine andere hat jetzt diesen Namen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side broke the protocol: {error}</source>
  <translation>die andere Seite hat das Protokoll verletzt: {error}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too much is asked at once; try again in {seconds} s</source>
  <translation>zu viele Anfragen auf einmal; versuche es in {seconds} s noch einmal</translation>
</message>
<message>
  <location filename="shared/tracker_info.py"/>
  <source>there is no tracker in it: write one host:port a line</source>
  <translation>es steht kein Tracker darin: schreibe je Zeile ein host:port</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the key file holds a key of another kind</source>
  <translation>die Schlüsseldatei enthält einen Schlüssel anderer Art</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the key file cannot be read</source>
  <translation>die Schlüsseldatei kann nicht gelesen werden</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the proof of the device key is wrong</source>
  <translation>der Nachweis des Geräteschlüssels ist falsch</translation>
</message>
</context>
</TS>
