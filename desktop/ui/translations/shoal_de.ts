<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>Shoal</name>
<message>
  <location filename="desktop/console/acts/files.py"/>
  <source>the path is empty; a dot is the folder you are in</source>
  <translation>der Pfad ist leer; ein Punkt ist der Ordner, in dem du bist</translation>
</message>
<message>
  <location filename="desktop/console/acts/files.py"/>
  <source>nothing was stopped here that could be shared again</source>
  <translation>hier wurde nichts beendet, was wieder geteilt werden könnte</translation>
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
  <location filename="desktop/engine/commands/links.py"/>
  <source>the link names another key for a tracker than the one that is known here</source>
  <translation>der Link nennt für einen Tracker einen anderen Schlüssel als den hier bekannten</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/bundle_part.py"/>
  <source>the bundle is not in use any more</source>
  <translation>das Bündel wird nicht mehr benutzt</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/downloads.py"/>
  <source>they are not complete yet</source>
  <translation>sie sind noch nicht vollständig</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <location filename="desktop/engine/sharing/offered.py"/>
  <source>that block is not here</source>
  <translation>dieser Block ist nicht hier</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <source>the part file cannot be read</source>
  <translation>die Teildatei kann nicht gelesen werden</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <location filename="desktop/wording.py"/>
  <source>it was shared with a size that is not its own</source>
  <translation>sie wurde mit einer Größe geteilt, die nicht ihre eigene ist</translation>
</message>
<message>
  <location filename="desktop/engine/files/open_file.py"/>
  <source>the file is not in use any more</source>
  <translation>die Datei wird nicht mehr benutzt</translation>
</message>
<message>
  <location filename="desktop/engine/trackers/own_tracker.py"/>
  <source>this computer is in no network</source>
  <translation>dieser Computer ist in keinem Netz</translation>
</message>
<message>
  <location filename="desktop/engine/trackers/tracker_service.py"/>
  <source>the system did not start the tracker of this computer as a service</source>
  <translation>das System hat den Tracker dieses Computers nicht als Dienst gestartet</translation>
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
  <source>You leave all groups; one that you own goes to whoever is longest in it. Your files stay on this computer. It cannot be undone.</source>
  <translation>Du verlässt alle Gruppen; eine, die dir gehört, bekommt, wer am längsten in ihr ist. Deine Dateien bleiben auf diesem Computer. Es lässt sich nicht rückgängig machen.</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>The new password is not the same both times</source>
  <translation>Das neue Passwort ist nicht beide Male dasselbe</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Password changed</source>
  <translation>Passwort geändert</translation>
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
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Password</source>
  <translation>Passwort</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>added {day}</source>
  <translation>hinzugefügt: {day}</translation>
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
  <location filename="desktop/ui/account_button.py"/>
  <source>Account of {user}</source>
  <translation>Konto von {user}</translation>
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
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/groups/activity.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln files</source>
  <translation><numerusform>%Ln Datei</numerusform><numerusform>%Ln Dateien</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{size}/s</source>
  <translation>{size}/s</translation>
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
  <location filename="desktop/ui/command_bar.py"/>
  <source>A command, such as help. Tab completes, Up brings back, Escape closes</source>
  <translation>Ein Befehl, etwa help. Tab ergänzt, Hoch holt zurück, Escape schließt</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>What the command says</source>
  <translation>Antwort des Befehls</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>How it may go on</source>
  <translation>Wie es weitergehen kann</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Password, then Enter</source>
  <translation>Passwort, dann Enter</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Command</source>
  <translation>Befehl</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Running…</source>
  <translation>Läuft …</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <location filename="desktop/ui/limits.py"/>
  <source>Stopped</source>
  <translation>Angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/desk.py"/>
  <source>There is not enough room: with some to spare {needed} are needed, {free} are free</source>
  <translation>Der Platz reicht nicht: Mit etwas Reserve werden {needed} gebraucht, {free} sind frei</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/desk.py"/>
  <source>and %Ln more</source>
  <translation><numerusform>und %Ln weitere</numerusform><numerusform>und %Ln weitere</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/everyone.py"/>
  <source>%Ln of {all} people have all of it</source>
  <translation><numerusform>%Ln von {all} hat alles davon</numerusform><numerusform>%Ln von {all} haben alles davon</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>Everyone has all of it</source>
  <translation>Alle haben alles davon</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/details/sayings.py"/>
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of {whole}</source>
  <translation>{done} von {whole}</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has all of it</source>
  <translation>hat alles davon</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>this is you</source>
  <translation>das bist du</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Who has it</source>
  <translation>Wer es hat</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>Asking who has it…</source>
  <translation>Fragt, wer es hat …</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>downloads it now</source>
  <translation>lädt es gerade</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/groups/model.py"/>
  <source>online</source>
  <translation>online</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has some of it</source>
  <translation>hat etwas davon</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has nothing of it</source>
  <translation>hat nichts davon</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>was here {time} ago</source>
  <translation>war vor {time} hier</translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>still to come</source>
  <translation>fehlt noch</translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>already here</source>
  <translation>schon hier</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln others</source>
  <translation><numerusform>%Ln weitere Person</numerusform><numerusform>%Ln weitere</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <source>{who}, {number} percent, {size}</source>
  <translation>{who}, {number} Prozent, {size}</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>SHA-1 of the whole file: other programs tell by it whether a copy is the same</source>
  <translation>SHA-1 der ganzen Datei: Daran erkennen andere Programme, ob eine Kopie dieselbe ist</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Shoal tells by it what is in the file, whatever the file is called</source>
  <translation>Daran erkennt Shoal den Inhalt der Datei, wie sie auch heißt</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Overview</source>
  <translation>Übersicht</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Progress</source>
  <translation>Fortschritt</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Show in folder</source>
  <translation>Im Ordner zeigen</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Copy the checksum</source>
  <translation>Prüfsumme kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Copy the fingerprint</source>
  <translation>Fingerabdruck kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Speed</source>
  <translation>Geschwindigkeit</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Group</source>
  <translation>Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/model.py"/>
  <source>Size</source>
  <translation>Größe</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Place</source>
  <translation>Ort</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Checksum</source>
  <translation>Prüfsumme</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Fingerprint</source>
  <translation>Fingerabdruck</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Where it came from</source>
  <translation>Woher es kam</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Where it comes from</source>
  <translation>Woher es kommt</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/overview.py"/>
  <source>and %Ln more files in work</source>
  <translation><numerusform>und %Ln weitere Datei in Arbeit</numerusform><numerusform>und %Ln weitere Dateien in Arbeit</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>People of this download</source>
  <translation>Beteiligte an diesem Download</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Nobody yet</source>
  <translation>Noch niemand</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Here stands who gives it, and who downloads it from you.</source>
  <translation>Hier steht, wer es gibt und wer es von dir lädt.</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Log</source>
  <translation>Protokoll</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Details</source>
  <translation>Details</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Close the details</source>
  <translation>Details schließen</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Choose a transfer to see all about it.</source>
  <translation>Wähle eine Übertragung, um alles über sie zu sehen.</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>People</source>
  <translation>Personen</translation>
</message>
<message>
  <location filename="desktop/ui/details/peers.py"/>
  <source>at {address}</source>
  <translation>bei {address}</translation>
</message>
<message>
  <location filename="desktop/ui/details/peers.py"/>
  <source>Membership proven: their key is that of a member</source>
  <translation>Mitgliedschaft belegt: der Schlüssel ist der eines Mitglieds</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Piece {number}</source>
  <translation>Stück {number}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Pieces {first} to {last}</source>
  <translation>Stücke {first} bis {last}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>on its way from {user}</source>
  <translation>unterwegs von {user}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Pieces of {name}</source>
  <translation>Stücke von {name}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>from {user}</source>
  <translation>von {user}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>sends</source>
  <translation>sendet</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>held back by your limit</source>
  <translation>von deiner Grenze gebremst</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is slow to answer</source>
  <translation>antwortet langsam</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>waits</source>
  <translation>wartet</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is being asked</source>
  <translation>wird gefragt</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is gone</source>
  <translation>ist weg</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Started</source>
  <translation>Begonnen</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Goes on</source>
  <translation>Geht weiter</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Waits: {why}</source>
  <translation>Wartet: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} gives pieces of it</source>
  <translation>{user} gibt Stücke davon</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} is gone</source>
  <translation>{user} ist weg</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} does not answer any more</source>
  <translation>{user} antwortet nicht mehr</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>A piece from {user} was not what was shared; it was thrown away</source>
  <translation>Ein Stück von {user} war nicht das Geteilte; es wurde verworfen</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{size} are downloaded again, as they had not been written down</source>
  <translation>{size} werden neu geladen, da sie nicht festgehalten waren</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Paused</source>
  <translation>Angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Complete, and every piece of it was checked</source>
  <translation>Vollständig, und jedes Stück wurde geprüft</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Failed: {why}</source>
  <translation>Fehlgeschlagen: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>down {down}, up {up}</source>
  <translation>runter {down}, hoch {up}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Looks for somebody who has it</source>
  <translation>Sucht jemanden, der es hat</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>membership proven</source>
  <translation>Mitgliedschaft belegt</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>not linked</source>
  <translation>nicht verbunden</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Complete</source>
  <translation>Vollständig</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Waits for data from %Ln people</source>
  <translation><numerusform>Wartet auf Daten von %Ln Person</numerusform><numerusform>Wartet auf Daten von %Ln Personen</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Comes from %Ln people</source>
  <translation><numerusform>Kommt von %Ln Person</numerusform><numerusform>Kommt von %Ln Personen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>gave {size}</source>
  <translation>gab {size}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>took {size} in all</source>
  <translation>nahm insgesamt {size}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{what}, {time} left</source>
  <translation>{what}, noch {time}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>downloads it too</source>
  <translation>lädt es auch</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>downloads it</source>
  <translation>lädt es</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>a minute ago</source>
  <translation>vor einer Minute</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>now</source>
  <translation>jetzt</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>Speed of the last minute: down at most {down}, up at most {up}</source>
  <translation>Geschwindigkeit der letzten Minute: runter höchstens {down}, hoch höchstens {up}</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>Search</source>
  <translation>Suchen</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>There is nothing to choose from</source>
  <translation>Es gibt nichts zur Auswahl</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>Who has {name}</source>
  <translation>Wer {name} hat</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>All files ({kinds})</source>
  <translation>Alle Dateien ({kinds})</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>{user}, online</source>
  <translation>{user}, online</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>{user}, offline</source>
  <translation>{user}, offline</translation>
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
  <source>Create a group or join one first</source>
  <translation>Erstelle zuerst eine Gruppe oder tritt einer bei</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>{group} has not let you in yet</source>
  <translation>{group} hat dich noch nicht aufgenommen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/drops.py"/>
  <location filename="desktop/ui/files/drag_picture.py"/>
  <source>{name} and %Ln more</source>
  <translation><numerusform>{name} und %Ln weitere</numerusform><numerusform>{name} und %Ln weitere</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>more than {amount}</source>
  <translation>mehr als {amount}</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Download {name}</source>
  <translation>{name} herunterladen</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>There is nothing in it that can be shared</source>
  <translation>Darin ist nichts, was sich teilen lässt</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Nobody online has it; it starts by itself</source>
  <translation>Niemand, der online ist, hat es; es beginnt von selbst</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Share in {group}</source>
  <translation>In {group} teilen</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is shared again</source>
  <translation>{name} wird wieder geteilt</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items</source>
  <translation><numerusform>%Ln Element</numerusform><numerusform>%Ln Elemente</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Drop it on Transfers to download it; other programs take what is on this computer</source>
  <translation>Zum Herunterladen auf „Übertragungen“ ablegen; andere Programme nehmen, was auf diesem Computer liegt</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Download to</source>
  <translation>Herunterladen nach</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln downloads were not started</source>
  <translation><numerusform>%Ln Download wurde nicht begonnen</numerusform><numerusform>%Ln Downloads wurden nicht begonnen</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items are still shared</source>
  <translation><numerusform>%Ln Eintrag wird weiter geteilt</numerusform><numerusform>%Ln Einträge werden weiter geteilt</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items are shared again</source>
  <translation><numerusform>%Ln Eintrag wird wieder geteilt</numerusform><numerusform>%Ln Einträge werden wieder geteilt</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>These were shared by this name before. Each can be downloaded while somebody has it.</source>
  <translation>Diese wurden früher unter diesem Namen geteilt. Jede kann geladen werden, solange jemand sie hat.</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Older versions of {name}</source>
  <translation>Ältere Versionen von {name}</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>At most {most} at once; a folder can be chosen as a whole</source>
  <translation>Höchstens {most} auf einmal; ein Ordner kann im Ganzen gewählt werden</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>{name} no longer shared; it stays on this computer</source>
  <translation>{name} wird nicht mehr geteilt; es bleibt auf diesem Computer</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>No program here opens folders; it lies in {folder}</source>
  <translation>Kein Programm hier öffnet Ordner; es liegt in {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Undo</source>
  <translation>Rückgängig</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Download</source>
  <translation>Herunterladen</translation>
</message>
<message>
  <location filename="desktop/ui/files/crumbs.py"/>
  <source>Location</source>
  <translation>Ort</translation>
</message>
<message>
  <location filename="desktop/ui/files/crumbs.py"/>
  <source>Go to {folder}</source>
  <translation>Zu {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/files/flat_view.py"/>
  <location filename="desktop/ui/files/tree_view.py"/>
  <source>Files</source>
  <translation>Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Search the files of all groups</source>
  <translation>Dateien aller Gruppen durchsuchen</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Search all groups</source>
  <translation>Überall suchen</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Empty the search</source>
  <translation>Suche leeren</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Its files appear here. Somebody may have sent you an invite link.</source>
  <translation>Ihre Dateien erscheinen hier. Vielleicht hat dir jemand einen Einladungslink geschickt.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>No file or folder of your groups has all of these words.</source>
  <translation>Keine Datei und kein Ordner deiner Gruppen hat alle diese Wörter.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Create a group or join one</source>
  <translation>Erstelle eine Gruppe oder tritt einer bei</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>{user} owns this group and was asked.</source>
  <translation>{user} besitzt diese Gruppe und wurde gefragt.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Nothing found</source>
  <translation>Nichts gefunden</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Nothing here</source>
  <translation>Hier ist nichts</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Waiting to be let in</source>
  <translation>Warten auf Aufnahme</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Files and folders that you drop are shared here.</source>
  <translation>Dateien und Ordner, die du hier ablegst, werden geteilt.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Drop files here</source>
  <translation>Dateien hier ablegen</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>Found in all groups</source>
  <translation>In allen Gruppen gefunden</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>No files</source>
  <translation>Keine Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>No files yet</source>
  <translation>Noch keine Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Name</source>
  <translation>Name</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Availability</source>
  <translation>Verfügbarkeit</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Shared by</source>
  <translation>Geteilt von</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Added</source>
  <translation>Hinzugefügt</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Status</source>
  <translation>Status</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Folder</source>
  <translation>Ordner</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of {people}</source>
  <translation>{count} von {people}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of %Ln people</source>
  <translation><numerusform>{count} von %Ln Person</numerusform><numerusform>{count} von %Ln Personen</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>{who} have it</source>
  <translation><numerusform>{who} hat es</numerusform><numerusform>{who} haben es</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of them online</source>
  <translation>{count} davon online</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}; you would be number {next}</source>
  <translation>{has}, {online}; du wärst Nummer {next}</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{name} (folder)</source>
  <translation>{name} (Ordner)</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Only you have it yet: others can download it while you are online</source>
  <translation>Nur du hast es bisher: Andere laden es, während du online bist</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}; you are one of them</source>
  <translation>{has}, {online}; du bist einer davon</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}: the last copy</source>
  <translation>{has}, {online}: die letzte Kopie</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>new version</source>
  <translation>neue Version</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>last copy</source>
  <translation>letzte Kopie</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>nobody online</source>
  <translation>niemand online</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>%Ln older versions</source>
  <translation><numerusform>%Ln ältere Version</numerusform><numerusform>%Ln ältere Versionen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>only you have it</source>
  <translation>nur du hast es</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>you share it</source>
  <translation>du teilst es</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>%Ln files, here</source>
  <translation><numerusform>%Ln Datei, hier</numerusform><numerusform>%Ln Dateien, hier</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{name} (file)</source>
  <translation>{name} (Datei)</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>downloaded</source>
  <translation>geladen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>What happened</source>
  <translation>Was geschah</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>When</source>
  <translation>Wann</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{by} removed {user}</source>
  <translation>{by} hat {user} entfernt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{files} in {folder}</source>
  <translation>{files} in {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} created the group</source>
  <translation>{user} hat die Gruppe erstellt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} joined</source>
  <translation>{user} ist beigetreten</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} left</source>
  <translation>{user} ist gegangen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} owns the group now</source>
  <translation>{user} besitzt die Gruppe jetzt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} shared {name}</source>
  <translation>{user} hat {name} geteilt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} downloaded {name}</source>
  <translation>{user} hat {name} geladen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} stopped sharing {name}</source>
  <translation>{user} teilt {name} nicht mehr</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>What members did lately</source>
  <translation>Was Mitglieder zuletzt taten</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Activity</source>
  <translation>Aktivität</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>Nothing happened yet</source>
  <translation>Noch ist nichts geschehen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>Activity in {group}</source>
  <translation>Aktivität in {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>It can be a family, a class, a film crew. Then drop files on it, and send a link to the others.</source>
  <translation>Das kann eine Familie sein, eine Klasse, ein Filmteam. Dann lege Dateien darauf ab und schicke den anderen einen Link.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>The owner of the group is asked to let you in.</source>
  <translation>Wer die Gruppe besitzt, wird gefragt, ob du hineindarfst.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Asked the owner of {group} to let you in</source>
  <translation>Anfrage zum Beitritt zu {group} gesendet</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>You stop sharing in it, and need to be let in again to come back.</source>
  <translation>Du teilst darin nichts mehr und musst neu aufgenommen werden, um zurückzukehren.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Leave {group}?</source>
  <translation>{group} verlassen?</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Request to join {group} withdrawn</source>
  <translation>Beitrittsanfrage an {group} zurückgezogen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} is now a member of {group}</source>
  <translation>{user} ist jetzt Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Request of {user} rejected</source>
  <translation>Anfrage von {user} abgelehnt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} removed from {group}</source>
  <translation>{user} aus {group} entfernt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>New group</source>
  <translation>Neue Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Name your first group</source>
  <translation>Benenne deine erste Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Left {group}</source>
  <translation>{group} verlassen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Who shall own the group? You stay a member.</source>
  <translation>Wem soll die Gruppe gehören? Du bleibst Mitglied.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Choose</source>
  <translation>Wählen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Hand over {group}</source>
  <translation>{group} übergeben</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} is now the owner of {group}</source>
  <translation>{group} gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Group {group} created</source>
  <translation>Gruppe {group} erstellt</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>There is no other group to join yet</source>
  <translation>Es gibt noch keine andere Gruppe zum Beitreten</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/groups/acts.py"/>
  <source>%Ln members</source>
  <translation><numerusform>%Ln Mitglied</numerusform><numerusform>%Ln Mitglieder</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Left {group}; {user} owns it now</source>
  <translation>{group} verlassen; sie gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Create group</source>
  <translation>Gruppe erstellen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Join a group</source>
  <translation>Einer Gruppe beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Ask to join</source>
  <translation>Um Aufnahme bitten</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Nobody else is in it: the group ends when you leave.</source>
  <translation>Niemand sonst ist darin: Die Gruppe endet, wenn du gehst.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Let {user} into {group}?</source>
  <translation>{user} in {group} aufnehmen?</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Members see and download all files of the group, and may share their own.</source>
  <translation>Mitglieder sehen und laden alle Dateien der Gruppe und können eigene teilen.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Make {user} the owner of {group}?</source>
  <translation>{group} an {user} übergeben?</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>You stay a member. Only the new owner can give it back.</source>
  <translation>Du bleibst Mitglied. Nur wer sie dann besitzt, kann sie zurückgeben.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} will own it, as the longest in it.</source>
  <translation>Sie gehört dann {user}, am längsten dabei.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Accept</source>
  <translation>Annehmen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Reject</source>
  <translation>Ablehnen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Make owner</source>
  <translation>Übergeben</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Remove {user} from {group}?</source>
  <translation>{user} aus {group} entfernen?</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>They keep what they downloaded, and can download nothing more.</source>
  <translation>Was schon geladen wurde, bleibt dort; Neues kann nicht mehr geladen werden.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Remove</source>
  <translation>Entfernen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Leave</source>
  <translation>Verlassen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>you own it</source>
  <translation>gehört dir</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>you are a member</source>
  <translation>du bist Mitglied</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>request sent</source>
  <translation>Anfrage gesendet</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Members</source>
  <translation>Mitglieder</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Requests</source>
  <translation>Anfragen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>{online} of {count}</source>
  <translation>{online} von {count}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>{user} asks to join</source>
  <translation>{user} möchte beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Owner: {user}</source>
  <translation>Gehört: {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>offline</source>
  <translation>offline</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>owner</source>
  <translation>Besitzer</translation>
</message>
<message>
  <location filename="desktop/ui/groups/pane.py"/>
  <source>Groups</source>
  <translation>Gruppen</translation>
</message>
<message>
  <location filename="desktop/ui/groups/pane.py"/>
  <source>No groups yet</source>
  <translation>Noch keine Gruppen</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is here</source>
  <translation>{name} ist da</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>{user} asks to join {group}</source>
  <translation>{user} möchte {group} beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>You are now a member of {group}</source>
  <translation>Du bist jetzt Mitglied von {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{user} is in {group} now</source>
  <translation>{user} ist jetzt in {group}</translation>
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
  <source>The link to {group} was of no use: {why}</source>
  <translation>Der Link zu {group} half nicht: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{group} belongs to {user} now</source>
  <translation>{group} gehört jetzt {user}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} could not be downloaded: {why}</source>
  <translation>{name} konnte nicht heruntergeladen werden: {why}</translation>
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
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 hour</source>
  <translation>1 Stunde</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 day</source>
  <translation>1 Tag</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 week</source>
  <translation>1 Woche</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>30 days</source>
  <translation>30 Tage</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Lets in %Ln people until {when} without asking you. Send it only to them.</source>
  <translation><numerusform>Lässt bis {when} %Ln Person ohne Rückfrage herein. Gib ihn nur dieser.</numerusform><numerusform>Lässt bis {when} %Ln Personen ohne Rückfrage herein. Gib ihn nur diesen.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>{used} of {uses} came in</source>
  <translation>{used} von {uses} kamen herein</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>So far the link works on this computer only.</source>
  <translation>Bisher gilt der Link nur auf diesem Computer.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Invite revoked: nobody comes in by it any more</source>
  <translation>Einladung widerrufen: niemand kommt mehr damit herein</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Whoever opens it asks to join; the owner of the group decides.</source>
  <translation>Wer ihn öffnet, bittet um Aufnahme; wer die Gruppe besitzt, entscheidet.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>until {when}</source>
  <translation>bis {when}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Invite</source>
  <translation>Einladen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Invite to {group}</source>
  <translation>In {group} einladen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Invite link</source>
  <translation>Einladungslink</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Copy link</source>
  <translation>Link kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/keys_help.py"/>
  <location filename="desktop/ui/network_check.py"/>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Close</source>
  <translation>Schließen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Let other computers in</source>
  <translation>Andere Computer hereinlassen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Who opens the link</source>
  <translation>Wer den Link öffnet</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>is let in at once</source>
  <translation>wird sofort aufgenommen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>asks me first</source>
  <translation>fragt mich zuerst</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>For how many people</source>
  <translation>Für wie viele Personen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>For how long</source>
  <translation>Für wie lange</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Make link and copy it</source>
  <translation>Link erstellen und kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Copied</source>
  <translation>Kopiert</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Open invites</source>
  <translation>Offene Einladungen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Revoke invite</source>
  <translation>Einladung widerrufen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>%Ln people</source>
  <translation><numerusform>%Ln Person</numerusform><numerusform>%Ln Personen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Other computers may not come through: {why}</source>
  <translation>Andere Computer kommen vielleicht nicht durch: {why}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Whoever opens the link</source>
  <translation>Wer den Link öffnet</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Join by an invite link</source>
  <translation>Mit einem Einladungslink beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>You are invited</source>
  <translation>Du bist eingeladen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Show group</source>
  <translation>Gruppe zeigen</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Join</source>
  <translation>Beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>You leave the network that you use now; you can come back to it.</source>
  <translation>Du verlässt das Netz, das du jetzt benutzt; du kannst zurückkehren.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Its owner is asked to let you in.</source>
  <translation>Wer sie besitzt, wird um deine Aufnahme gebeten.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in a network that is new to this computer, with %Ln trackers: {addresses}</source>
  <translation><numerusform>Sie ist in einem Netz, das diesem Computer neu ist, mit %Ln Tracker: {addresses}</numerusform><numerusform>Sie ist in einem Netz, das diesem Computer neu ist, mit %Ln Trackern: {addresses}</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Drop your invite here</source>
  <translation>Lege deine Einladung hier ab</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>The link names another key for a tracker than the one that is known here. Do not use it; ask who sent it.</source>
  <translation>Der Link nennt für einen Tracker einen anderen Schlüssel als den hier bekannten. Benutze ihn nicht; frage, wer ihn geschickt hat.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>The time of this invitation is over; ask for another one.</source>
  <translation>Diese Einladung ist abgelaufen; bitte um eine andere.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>You are a member of it already.</source>
  <translation>Du bist schon Mitglied.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>You are let in at once.</source>
  <translation>Du wirst sofort aufgenommen.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in the network that you use.</source>
  <translation>Sie ist in dem Netz, das du benutzt.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in another network, which this computer knows.</source>
  <translation>Sie ist in einem anderen Netz, das dieser Computer kennt.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>From a picture…</source>
  <translation>Aus einem Bild …</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>A picture of the QR code</source>
  <translation>Ein Bild des QR-Codes</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Pictures ({kinds})</source>
  <translation>Bilder ({kinds})</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Looking for a QR code in the picture…</source>
  <translation>Im Bild wird ein QR-Code gesucht …</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>no QR code was found in this picture; take one that shows all of it, and sharp</source>
  <translation>in diesem Bild wurde kein QR-Code gefunden; nimm eines, das ihn ganz und scharf zeigt</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>this is no picture that Shoal can read; try a PNG or a JPEG</source>
  <translation>dieses Bild kann Shoal nicht lesen; versuche es mit PNG oder JPEG</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>the QR code in this picture is no invite of Shoal</source>
  <translation>der QR-Code in diesem Bild ist keine Einladung von Shoal</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>this picture is too large; cut it down to the QR code</source>
  <translation>dieses Bild ist zu groß; schneide es auf den QR-Code zu</translation>
</message>
<message>
  <location filename="desktop/ui/invites/qr.py"/>
  <source>The link as a QR code</source>
  <translation>Der Link als QR-Code</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Open, download, or pause and go on</source>
  <translation>Öffnen, herunterladen, anhalten und fortsetzen</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Download &amp;to…</source>
  <translation>Herunterladen &amp;nach …</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Stop sharing, or cancel a download</source>
  <translation>Nicht mehr teilen, oder einen Download abbrechen</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>To the folder above</source>
  <translation>Zum Ordner darüber</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Back from a search, close what is open</source>
  <translation>Zurück von einer Suche, schließen, was offen ist</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>From the search to what was found</source>
  <translation>Von der Suche zu den Funden</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>An earlier command, in the command bar</source>
  <translation>Ein früherer Befehl, in der Befehlszeile</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Choose and mark hours of the week</source>
  <translation>Stunden der Woche wählen und markieren</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Mark all hours on the way, as the last</source>
  <translation>Alle Stunden auf dem Weg wie die letzte markieren</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Use an invite link, on the first page</source>
  <translation>Einen Einladungslink verwenden, auf der ersten Seite</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>What may be done here</source>
  <translation>Was hier möglich ist</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>To the next part of the window</source>
  <translation>Zum nächsten Teil des Fensters</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Keyboard shortcuts</source>
  <translation>Tastenkürzel</translation>
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
  <source>none</source>
  <translation>keine</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Drag over the hours in which the alternative limits hold:</source>
  <translation>Ziehe über die Stunden, in denen die anderen Grenzen gelten:</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <location filename="desktop/ui/preferences/pages.py"/>
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
  <source>Limits within {group}</source>
  <translation>Grenzen in {group}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limits set</source>
  <translation>Grenzen gesetzt</translation>
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
  <source>kB/s</source>
  <translation>kB/s</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>kB per second</source>
  <translation>kB je Sekunde</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>alternative hours</source>
  <translation>andere Stunden</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>daily</source>
  <translation>täglich</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Where is {name} now?</source>
  <translation>Wo liegt {name} jetzt?</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>That is another file, or it cannot be read</source>
  <translation>Das ist eine andere Datei, oder sie lässt sich nicht lesen</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>It is not there, or cannot be read</source>
  <translation>Sie ist nicht dort oder lässt sich nicht lesen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files could not be shared again</source>
  <translation><numerusform>%Ln Datei konnte nicht wieder geteilt werden</numerusform><numerusform>%Ln Dateien konnten nicht wieder geteilt werden</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name}, which was lost, is here again. Share it in {group} as before?</source>
  <translation>{name} fehlte und ist wieder da. In {group} teilen wie zuvor?</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is no longer shared in {group}: it is not where it was on disk</source>
  <translation>{name} wird in {group} nicht mehr geteilt: Die Datei liegt nicht mehr, wo sie war</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is no longer shared in {group}: {why}</source>
  <translation>{name} wird nicht mehr in {group} geteilt: {why}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files were moved; they are shared from where they are now</source>
  <translation><numerusform>%Ln Datei wurde verschoben; sie wird jetzt von dort geteilt, wo sie liegt</numerusform><numerusform>%Ln Dateien wurden verschoben; sie werden jetzt von dort geteilt, wo sie liegen</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files, which were lost, are here again. Share them as before?</source>
  <translation><numerusform>%Ln Datei, die verloren war, ist wieder da. Wie vorher teilen?</numerusform><numerusform>%Ln Dateien, die verloren waren, sind wieder da. Wie vorher teilen?</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are no longer shared: they are not where they were on disk</source>
  <translation><numerusform>%Ln Datei wird nicht mehr geteilt: Sie ist auf der Platte nicht mehr, wo sie war</numerusform><numerusform>%Ln Dateien werden nicht mehr geteilt: Sie sind auf der Platte nicht mehr, wo sie waren</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are no longer shared: they were changed on disk</source>
  <translation><numerusform>%Ln Datei wird nicht mehr geteilt: Sie wurde auf der Platte geändert</numerusform><numerusform>%Ln Dateien werden nicht mehr geteilt: Sie wurden auf der Platte geändert</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>In which folder are they now?</source>
  <translation>In welchem Ordner sind sie jetzt?</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are shared again</source>
  <translation><numerusform>%Ln Datei wird wieder geteilt</numerusform><numerusform>%Ln Dateien werden wieder geteilt</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} was moved; it is shared from {folder} now</source>
  <translation>{name} wurde verschoben und wird jetzt aus {folder} geteilt</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Share again</source>
  <translation>Wieder teilen</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Find it</source>
  <translation>Suchen</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Find them</source>
  <translation>Suchen</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Starting…</source>
  <translation>Startet …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <location filename="desktop/ui/preferences/pages.py"/>
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
  <source>Join by an invite lin&amp;k…</source>
  <translation>Mit Einladungslin&amp;k beitreten …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Join by link</source>
  <translation>Beitreten mit Link</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>In&amp;vite…</source>
  <translation>E&amp;inladen …</translation>
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
  <source>Hand &amp;over the group…</source>
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
  <source>Download for pre&amp;view</source>
  <translation>Zur &amp;Vorschau herunterladen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Fi&amp;nd</source>
  <translation>&amp;Suchen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>In one &amp;list, or by folder</source>
  <translation>In einer &amp;Liste oder nach Ordnern</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Who has it…</source>
  <translation>&amp;Wer es hat …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Older &amp;versions…</source>
  <translation>Ältere Versi&amp;onen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Show in folde&amp;r</source>
  <translation>Im O&amp;rdner zeigen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>St&amp;op sharing</source>
  <translation>Nicht &amp;mehr teilen</translation>
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
  <source>Pause al&amp;l</source>
  <translation>A&amp;lle anhalten</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Resume all</source>
  <translation>Alle Angehaltenen fortsetzen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Before others</source>
  <translation>V&amp;or anderen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>As &amp;others</source>
  <translation>&amp;Wie andere</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Af&amp;ter others</source>
  <translation>&amp;Nach anderen</translation>
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
  <source>Stop &amp;sharing it</source>
  <translation>Nicht m&amp;ehr teilen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Show in &amp;folder</source>
  <translation>Im &amp;Ordner zeigen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Details</source>
  <translation>&amp;Details</translation>
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
  <source>Check my net&amp;work…</source>
  <translation>Mein &amp;Netz prüfen …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Preferences…</source>
  <translation>&amp;Einstellungen …</translation>
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
  <source>&amp;Command bar</source>
  <translation>&amp;Befehlszeile</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;groups</source>
  <translation>Zu den &amp;Gruppen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;files</source>
  <translation>Zu den &amp;Dateien</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;transfers</source>
  <translation>Zu den Ü&amp;bertragungen</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;details</source>
  <translation>Zu den D&amp;etails</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Help</source>
  <translation>&amp;Hilfe</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Keyboard shortcuts…</source>
  <translation>&amp;Tastenkürzel …</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Colours</source>
  <translation>&amp;Farben</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Lan&amp;guage</source>
  <translation>S&amp;prache</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/messages.py"/>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads</source>
  <translation><numerusform>%Ln Download</numerusform><numerusform>%Ln Downloads</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Request to join</source>
  <translation>Beitrittsanfrage</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Try again</source>
  <translation>Erneut versuchen</translation>
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
  <location filename="desktop/ui/network_check.py"/>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Trackers</source>
  <translation>Tracker</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>{some} of %Ln trackers answer. It works all the same; tell who runs the others.</source>
  <translation><numerusform>{some} von %Ln Tracker antwortet. Es geht trotzdem; sage es den Betreibern der anderen.</numerusform><numerusform>{some} von %Ln Trackern antworten. Es geht trotzdem; sage es den Betreibern der anderen.</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>All %Ln answer.</source>
  <translation><numerusform>Er antwortet.</numerusform><numerusform>Alle %Ln antworten.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Your port</source>
  <translation>Dein Port</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Firewall and router</source>
  <translation>Firewall und Router</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Clock</source>
  <translation>Uhr</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} ahead. Let the system set it.</source>
  <translation>Sie geht {time} vor. Lass das System sie stellen.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} behind. Let the system set it.</source>
  <translation>Sie geht {time} nach. Lass das System sie stellen.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} off, which does no harm.</source>
  <translation>Sie geht um {time} falsch, was nicht schadet.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Disk</source>
  <translation>Datenträger</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>The folder for downloads, {folder}, is not there. Choose another in the preferences.</source>
  <translation>Den Ordner für Downloads, {folder}, gibt es nicht. Wähle in den Einstellungen einen anderen.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Only {size} are free in {folder}. Make room, or choose another folder in the preferences.</source>
  <translation>Nur {size} sind frei in {folder}. Schaffe Platz oder wähle in den Einstellungen einen anderen Ordner.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>{size} are free in {folder}.</source>
  <translation>{size} sind frei in {folder}.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>%Ln things could be better</source>
  <translation><numerusform>%Ln Sache könnte besser sein</numerusform><numerusform>%Ln Dinge könnten besser sein</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>None answers. Is this computer online, and does your tracker run?</source>
  <translation>Keiner antwortet. Ist dieser Computer online, und läuft dein Tracker?</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It answers slowly: the way to it is bad, or it is far away.</source>
  <translation>Er antwortet langsam: Der Weg dorthin ist schlecht, oder er ist weit weg.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Others reach you at port {port}.</source>
  <translation>Andere erreichen dich auf Port {port}.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>You take connections at port {port}. Your tracker is on this computer, so it cannot tell whether others get here.</source>
  <translation>Du nimmst Verbindungen auf Port {port} an. Dein Tracker ist auf diesem Computer und kann daher nicht sagen, ob andere hierher gelangen.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Only programs on this computer reach you. To exchange files with others, let other computers use the tracker of this one, in the preferences, or give Shoal an address of your network to listen at.</source>
  <translation>Nur Programme auf diesem Computer erreichen dich. Um Dateien mit anderen auszutauschen, lass andere Computer den Tracker dieses Computers benutzen, in den Einstellungen, oder gib Shoal eine Adresse deines Netzes, an der es lauscht.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>No tracker could try it now. Log in, and check again in a moment.</source>
  <translation>Kein Tracker konnte es jetzt versuchen. Melde dich an und prüfe gleich noch einmal.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Others do not reach you at port {port}. You exchange files with those whom you reach; two of whom neither is reached exchange nothing.</source>
  <translation>Andere erreichen dich nicht auf Port {port}. Du tauschst Dateien mit denen, die du erreichst; zwei, die beide nicht erreicht werden, tauschen nichts.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>The router sends TCP port {port} elsewhere. Forward it to this computer.</source>
  <translation>Der Router schickt TCP-Port {port} anderswohin. Leite ihn an diesen Computer weiter.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Something lets nothing through. Allow TCP port {port} in the firewall of this computer, and forward it in the router.</source>
  <translation>Irgendetwas lässt nichts durch. Erlaube TCP-Port {port} in der Firewall dieses Computers und leite ihn im Router weiter.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Nothing is in the way.</source>
  <translation>Nichts ist im Weg.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>They do not matter as long as only this computer reaches you.</source>
  <translation>Sie spielen keine Rolle, solange nur dieser Computer dich erreicht.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Nothing is known to be in the way. What others need is TCP port {port}.</source>
  <translation>Es ist nichts bekannt, was im Weg ist. Andere brauchen TCP-Port {port}.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>No tracker was there to compare it with.</source>
  <translation>Es war kein Tracker zum Vergleichen da.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It agrees with the tracker's to a second.</source>
  <translation>Sie stimmt auf eine Sekunde mit der des Trackers überein.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Check my network</source>
  <translation>Mein Netz prüfen</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Check again</source>
  <translation>Noch einmal prüfen</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Checking…</source>
  <translation>Wird geprüft …</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>All is well</source>
  <translation>Alles in Ordnung</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>well</source>
  <translation>in Ordnung</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>could be better</source>
  <translation>könnte besser sein</translation>
</message>
<message>
  <location filename="desktop/ui/notices.py"/>
  <source>Close this message</source>
  <translation>Diese Meldung schließen</translation>
</message>
<message>
  <location filename="desktop/ui/notifications.py"/>
  <location filename="desktop/ui/tray.py"/>
  <source>Open Shoal</source>
  <translation>Shoal öffnen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Preferences</source>
  <translation>Einstellungen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Pages of the preferences</source>
  <translation>Seiten der Einstellungen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>General</source>
  <translation>Allgemein</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Folders</source>
  <translation>Ordner</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Network</source>
  <translation>Netz</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Appearance</source>
  <translation>Aussehen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Ask me</source>
  <translation>Mich fragen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Keep sharing from the system tray</source>
  <translation>In der Taskleiste weiter teilen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <location filename="desktop/ui/quitting.py"/>
  <location filename="desktop/ui/tray.py"/>
  <source>Quit Shoal</source>
  <translation>Shoal beenden</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Comfortable</source>
  <translation>Bequem</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Compact: more rows at a time</source>
  <translation>Dicht: mehr Zeilen auf einmal</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When the window is closed</source>
  <translation>Wenn das Fenster geschlossen wird</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>This system has no tray, so closing the window quits Shoal.</source>
  <translation>Dieses System hat keine Taskleiste, daher beendet das Schließen des Fensters Shoal.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Start Shoal in the tray when I log in to this computer</source>
  <translation>Shoal in der Taskleiste starten, wenn ich mich an diesem Computer anmelde</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Notify me while the window is not in front</source>
  <translation>Mir über das System Bescheid geben, während ich anderswo bin</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Change…</source>
  <translation>Ändern …</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Change the folder for downloads</source>
  <translation>Ordner für Downloads ändern</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Ask for a folder before each download</source>
  <translation>Vor jedem Download nach einem Ordner fragen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Downloads go to</source>
  <translation>Downloads kommen nach</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Port on which others reach this computer</source>
  <translation>Port, auf dem andere diesen Computer erreichen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Any free one</source>
  <translation>Irgendein freier</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>A change takes effect at the next start.</source>
  <translation>Ein anderer Port gilt vom nächsten Start an.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Limits…</source>
  <translation>Grenzen …</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>Speeds</source>
  <translation>Geschwindigkeiten</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>At present it is {address}.</source>
  <translation>Zurzeit ist es {address}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Colours</source>
  <translation>Farben</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Lists</source>
  <translation>Listen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Language</source>
  <translation>Sprache</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Starting</source>
  <translation>Beim Start</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When somebody asks to join a group of mine</source>
  <translation>Wenn jemand einer Gruppe von mir beitreten möchte</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When downloads end</source>
  <translation>Wenn Downloads enden</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Shoal runs a tracker of its own on this computer.</source>
  <translation>Shoal betreibt einen eigenen Tracker auf diesem Computer.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>The system then runs it. It stays the same tracker, so that links and accounts stay good.</source>
  <translation>Das System betreibt ihn dann. Er bleibt derselbe Tracker, also bleiben Links und Konten gültig.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Command for an administrator</source>
  <translation>Befehl für einen Administrator</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Copy</source>
  <translation>Kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Copy the command</source>
  <translation>Den Befehl kopieren</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Use the one of this computer</source>
  <translation>Den dieses Computers benutzen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Use a tracker file…</source>
  <translation>Eine Tracker-Datei benutzen …</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Other computers may use the tracker of this one</source>
  <translation>Andere Computer dürfen den Tracker von diesem benutzen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Keep it running while Shoal is closed</source>
  <translation>Weiterlaufen lassen, wenn Shoal geschlossen ist</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>On this computer</source>
  <translation>Auf diesem Computer</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They are those of {file}.</source>
  <translation>Es sind die aus {file}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Use a tracker file</source>
  <translation>Eine Tracker-Datei benutzen</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>One moment…</source>
  <translation>Einen Moment …</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>The system runs it, as {service}.</source>
  <translation>Das System betreibt ihn als {service}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Only this computer uses it.</source>
  <translation>Nur dieser Computer benutzt ihn.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>It stops when you log out of this computer, unless this is typed in a terminal once:</source>
  <translation>Er endet, wenn du dich von diesem Computer abmeldest, außer dies wird einmal in einem Terminal eingegeben:</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They find it at {addresses}; invite links say so.</source>
  <translation>Sie finden ihn unter {addresses}; Einladungslinks sagen es.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They may not come through: {why}</source>
  <translation>Sie kommen vielleicht nicht durch: {why}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/quitting.py"/>
  <source>%Ln downloads are under way; they go on when Shoal is opened again.</source>
  <translation><numerusform>%Ln Download läuft; er geht weiter, wenn Shoal wieder geöffnet wird.</numerusform><numerusform>%Ln Downloads laufen; sie gehen weiter, wenn Shoal wieder geöffnet wird.</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/quitting.py"/>
  <source>%Ln people download from you now; without you they may have to wait.</source>
  <translation><numerusform>%Ln Person lädt gerade von dir herunter; ohne dich muss sie vielleicht warten.</numerusform><numerusform>%Ln Personen laden gerade von dir herunter; ohne dich müssen sie vielleicht warten.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/quitting.py"/>
  <source>Quit Shoal?</source>
  <translation>Shoal beenden?</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>it is a link, cannot be read, or is Shoal's own</source>
  <translation>es ist eine Verknüpfung, nicht lesbar oder gehört Shoal selbst</translation>
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
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name} for {group}</source>
  <translation>{name} wird für {group} vorbereitet</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of %Ln files</source>
  <translation><numerusform>{done} von %Ln Datei</numerusform><numerusform>{done} von %Ln Dateien</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name}: {how_far}</source>
  <translation>{name} wird vorbereitet: {how_far}</translation>
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
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} of {count} at {address}</source>
  <translation>Tracker {number} von {count} bei {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker connection</source>
  <translation>Verbindung zum Tracker</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Looking for a tracker…</source>
  <translation>Tracker wird gesucht …</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/status_line.py"/>
  <source>%Ln connections</source>
  <translation><numerusform>%Ln Verbindung</numerusform><numerusform>%Ln Verbindungen</numerusform></translation>
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
  <source>{tracker} is lost, asking it again…</source>
  <translation>{tracker} ist verloren, wird noch einmal gefragt …</translation>
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
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>Tracker {number} of {count}</source>
  <translation>Tracker {number} von {count}</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>Tracker</source>
  <translation>Tracker</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>asking…</source>
  <translation>fragt …</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>{state}; asked {time} ago</source>
  <translation>{state}; gefragt vor {time}</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>{number} ms</source>
  <translation>{number} ms</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>in use, catching up</source>
  <translation>in Gebrauch, holt noch auf</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>in use, up to date</source>
  <translation>in Gebrauch, auf dem neuesten Stand</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Retry now</source>
  <translation>Jetzt neu versuchen</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Check my network…</source>
  <translation>Mein Netz prüfen …</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Trackers know who is online. Files never pass through them.</source>
  <translation>Tracker wissen, wer online ist. Dateien gehen nie durch sie.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>No tracker reachable: showing what was known {time} ago</source>
  <translation>Kein Tracker erreichbar: gezeigt wird, was vor {time} bekannt war</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>You see what was known {time} ago.</source>
  <translation>Gezeigt wird, was vor {time} bekannt war.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>You see what was last known.</source>
  <translation>Gezeigt wird der letzte bekannte Stand.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>No tracker reachable: showing what was known</source>
  <translation>Kein Tracker erreichbar: gezeigt wird das Bekannte</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>It is what was shared, byte for byte</source>
  <translation>Es ist Byte für Byte, was geteilt wurde</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads are as they were</source>
  <translation><numerusform>%Ln Download ist, wie er war</numerusform><numerusform>%Ln Downloads sind, wie sie waren</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads are not what they were</source>
  <translation><numerusform>%Ln Download ist nicht mehr, was er war</numerusform><numerusform>%Ln Downloads sind nicht mehr, was sie waren</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Fetch again</source>
  <translation>Erneut laden</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Keep downloading</source>
  <translation>Weiter laden</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Cancel {name}?</source>
  <translation>{name} abbrechen?</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>What was downloaded of it so far is deleted.</source>
  <translation>Was davon schon geladen wurde, wird gelöscht.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Cancel download</source>
  <translation>Download abbrechen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/known.py"/>
  <source>stopped by your limits</source>
  <translation>von deinen Grenzen angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>All</source>
  <translation>Alle</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Active</source>
  <translation>Aktiv</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Done</source>
  <translation>Fertig</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Sharing</source>
  <translation>Geteilt</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Failed</source>
  <translation>Fehler</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing downloaded yet</source>
  <translation>Noch nichts geladen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Double-click a file to download it.</source>
  <translation>Doppelklicke eine Datei, um sie herunterzuladen.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing under way</source>
  <translation>Nichts unterwegs</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing is complete yet</source>
  <translation>Noch ist nichts fertig</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>You share nothing yet</source>
  <translation>Du teilst noch nichts</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Drop files on a group to share them.</source>
  <translation>Lege Dateien auf einer Gruppe ab, um sie zu teilen.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing has failed</source>
  <translation>Nichts ist fehlgeschlagen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Which transfers are listed</source>
  <translation>Welche Übertragungen gelistet sind</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Up</source>
  <translation>Hoch</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Time left</source>
  <translation>Restzeit</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>downloading</source>
  <translation>lädt</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <location filename="desktop/wording.py"/>
  <source>waits for its turn</source>
  <translation>wartet, bis es dran ist</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>paused</source>
  <translation>angehalten</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>failed</source>
  <translation>fehlgeschlagen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>no tracker is there to say who has it; it goes on by itself</source>
  <translation>kein Tracker ist da, der sagt, wer es hat; es geht von selbst weiter</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>you are no longer in the group</source>
  <translation>du bist nicht mehr in der Gruppe</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>before others</source>
  <translation>vor anderen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>after others</source>
  <translation>nach anderen</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>no tracker for {time} to say who has it; it goes on by itself</source>
  <translation>schon {time} kein Tracker da, der sagt, wer es hat; es geht von selbst weiter</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{number} percent</source>
  <translation>{number} Prozent</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>and %Ln more files</source>
  <translation><numerusform>und %Ln weitere Datei</numerusform><numerusform>und %Ln weitere Dateien</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>shared</source>
  <translation>geteilt</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>nobody who has it is online: {people}</source>
  <translation>niemand, der es hat, ist online: {people}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{what}, {priority}</source>
  <translation>{what}, {priority}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln people download it</source>
  <translation><numerusform>%Ln Person lädt es</numerusform><numerusform>%Ln Personen laden es</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>nobody has it any more</source>
  <translation>niemand hat es mehr</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{people} have it and are online, but cannot be reached</source>
  <translation><numerusform>{people} hat es und ist online, ist aber nicht zu erreichen</numerusform><numerusform>{people} haben es und sind online, sind aber nicht zu erreichen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{user} was {time} ago</source>
  <translation>{user} war es vor {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>({done} of {whole})</source>
  <translation>({done} von {whole})</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>waiting for data</source>
  <translation>wartet auf Daten</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>looks for somebody who has it</source>
  <translation>sucht jemanden, der es hat</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{time} left</source>
  <translation>noch {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/view.py"/>
  <source>Transfers</source>
  <translation>Übertragungen</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/tray.py"/>
  <source>%Ln people ask to join</source>
  <translation><numerusform>%Ln Person möchte beitreten</numerusform><numerusform>%Ln Personen möchten beitreten</numerusform></translation>
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
  <source>Shoal can stay in the system tray: others go on downloading from you, and your downloads go on. You can change this in Preferences.</source>
  <translation>Shoal kann in der Taskleiste bleiben: Andere laden weiter von dir, und deine Downloads laufen weiter. In den Einstellungen kannst du das ändern.</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing</source>
  <translation>Weiter teilen</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>{day}, {begin} to {end}: normal limits</source>
  <translation>{day}, {begin} bis {end} Uhr: normale Grenzen</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>Alternative hours of the week</source>
  <translation>Andere Stunden der Woche</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>{day}, {begin} to {end}: alternative limits</source>
  <translation>{day}, {begin} bis {end} Uhr: andere Grenzen</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Share files directly with the people of your groups.</source>
  <translation>Teile Dateien direkt mit den Menschen deiner Gruppen.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Start here</source>
  <translation>Hier anfangen</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Make a place for your people on this computer, and send them a link to it.</source>
  <translation>Mache auf diesem Computer einen Ort für deine Leute und schicke ihnen einen Link dazu.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>I have an invite</source>
  <translation>Ich habe eine Einladung</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Somebody sent you a link, or shows you a QR code. It leads you straight into their group.</source>
  <translation>Jemand hat dir einen Link geschickt oder zeigt dir einen QR-Code. Er führt dich direkt in die Gruppe.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>I have a tracker file</source>
  <translation>Ich habe eine Tracker-Datei</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Your people run trackers already, and gave you their tracker_info.txt.</source>
  <translation>Deine Leute betreiben schon Tracker und haben dir ihre tracker_info.txt gegeben.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Welcome to Shoal</source>
  <translation>Willkommen bei Shoal</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Log in</source>
  <translation>Anmelden</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Create account</source>
  <translation>Konto erstellen</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>I have an account already</source>
  <translation>Ich habe schon ein Konto</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>I am new here</source>
  <translation>Ich bin neu hier</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Connecting…</source>
  <translation>Verbinden …</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Who may come in, if you invite them?</source>
  <translation>Wer darf herein, wenn du einlädst?</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Your system may ask whether Shoal may use the network.</source>
  <translation>Dein System fragt vielleicht, ob Shoal ins Netz darf.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Others see your name. A forgotten password cannot be reset.</source>
  <translation>Deinen Namen sehen die anderen. Ein vergessenes Passwort kann niemand zurücksetzen.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>People at other computers too</source>
  <translation>Auch Menschen an anderen Computern</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Only people at this computer</source>
  <translation>Nur Menschen an diesem Computer</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Log in again</source>
  <translation>Neu anmelden</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Create account and join</source>
  <translation>Konto erstellen und beitreten</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Your account in the network of {file}</source>
  <translation>Dein Konto im Netz von {file}</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Back</source>
  <translation>Zurück</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Paste your invite link</source>
  <translation>Füge deinen Einladungslink ein</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Or a picture of its QR code, a photo or a screenshot: choose it, paste it, or drop it here.</source>
  <translation>Oder ein Bild ihres QR-Codes, ein Foto oder Bildschirmfoto: auswählen, einfügen oder hier ablegen.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>It has one line for each tracker. Whether they can be reached is tried at once.</source>
  <translation>Sie hat eine Zeile für jeden Tracker. Ob sie erreichbar sind, wird sofort versucht.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Choose file…</source>
  <translation>Datei wählen …</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Trackers of the file</source>
  <translation>Tracker der Datei</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Use these trackers</source>
  <translation>Diese Tracker benutzen</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Line {line} names no tracker. Is this the file that you were given?</source>
  <translation>Zeile {line} nennt keinen Tracker. Ist das die Datei, die du bekommen hast?</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Too short</source>
  <translation>Zu kurz</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Easy to guess</source>
  <translation>Leicht zu erraten</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Fair</source>
  <translation>Mittel</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Good</source>
  <translation>Gut</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Strong</source>
  <translation>Stark</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Password, %Ln characters or more</source>
  <translation><numerusform>Passwort, mindestens %Ln Zeichen</numerusform><numerusform>Passwort, mindestens %Ln Zeichen</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/words.py"/>
  <source>, </source>
  <translation>, </translation>
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
  <source>this invite was used up, has expired or was taken back; ask for another one</source>
  <translation>diese Einladung ist aufgebraucht, abgelaufen oder zurückgenommen; bitte um eine andere</translation>
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
  <source>it is not what was downloaded any more; it can be fetched again</source>
  <translation>das ist nicht mehr, was heruntergeladen wurde; es kann erneut geladen werden</translation>
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
  <source>no tracker of this network can be reached; is this computer online, and the tracker?</source>
  <translation>kein Tracker dieses Netzes ist erreichbar; ist dieser Computer online, und der Tracker?</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{name} not found in {group}</source>
  <translation>{name} nicht in {group} gefunden</translation>
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
  <source>the group of that link is no more</source>
  <translation>die Gruppe dieses Links gibt es nicht mehr</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are in the group of that link already</source>
  <translation>du bist schon in der Gruppe dieses Links</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no pending request of yours in {group}</source>
  <translation>keine offene Anfrage von dir in {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>all names like it are taken</source>
  <translation>alle ähnlichen Namen sind vergeben</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>choose a folder that has a name</source>
  <translation>wähle einen Ordner, der einen Namen hat</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it changed while it was read</source>
  <translation>sie wurde geändert, während sie gelesen wurde</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it exists and is not a folder</source>
  <translation>das gibt es schon, und es ist kein Ordner</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is a link</source>
  <translation>das ist eine Verknüpfung</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is closed</source>
  <translation>es ist geschlossen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not a file</source>
  <translation>das ist keine Datei</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not a text</source>
  <translation>das ist kein Text</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not what it was</source>
  <translation>sie ist nicht mehr, was sie war</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not what was downloaded any more</source>
  <translation>das ist nicht mehr, was heruntergeladen wurde</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it may not be written to</source>
  <translation>dort darf nicht geschrieben werden</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it was replaced while it was saved</source>
  <translation>sie wurde ersetzt, während sie gespeichert wurde</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no file can be called so</source>
  <translation>so kann keine Datei heißen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it may not hold Shoal's own folder, nor lie in it</source>
  <translation>er darf Shoals eigenen Ordner nicht enthalten und nicht darin liegen</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that is another file</source>
  <translation>das ist eine andere Datei</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that is where Shoal keeps its own files</source>
  <translation>dort hat Shoal seine eigenen Dateien</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the SHA-1 that it was shared with is not that of the file</source>
  <translation>das SHA-1, mit dem sie geteilt wurde, ist nicht das der Datei</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is no file in it that can be shared</source>
  <translation>darin ist keine Datei, die sich teilen lässt</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is no such folder</source>
  <translation>diesen Ordner gibt es nicht</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too long a path to share</source>
  <translation>der Pfad ist zum Teilen zu lang</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>File name too long</source>
  <translation>Der Dateiname ist zu lang</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Input/output error</source>
  <translation>Ein-/Ausgabefehler</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Is a directory</source>
  <translation>Das ist ein Ordner</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>No such file or directory</source>
  <translation>Das gibt es nicht</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>No space left on device</source>
  <translation>Der Datenträger ist voll</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Not a directory</source>
  <translation>Das ist kein Ordner</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Permission denied</source>
  <translation>Das ist nicht erlaubt</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Read-only file system</source>
  <translation>Der Datenträger ist nur lesbar</translation>
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
  <source>it ended the connection</source>
  <translation>er hat die Verbindung beendet</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no tracker runs there</source>
  <translation>dort läuft kein Tracker</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no answer</source>
  <translation>keine Antwort</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it has another key</source>
  <translation>er hat einen anderen Schlüssel</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no such computer is known</source>
  <translation>ein solcher Computer ist nicht bekannt</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no network leads there</source>
  <translation>kein Netz führt dorthin</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the connection broke</source>
  <translation>die Verbindung brach ab</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody who has it is online</source>
  <translation>niemand, der es hat, ist online</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody who has it can be reached</source>
  <translation>niemand, der es hat, ist erreichbar</translation>
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
  <location filename="shared/invite_link.py"/>
  <source>no tracker of this network is known by its key yet</source>
  <translation>noch ist kein Tracker dieses Netzes mit seinem Schlüssel bekannt</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>that is no invite link: those begin with shoal://join/</source>
  <translation>das ist kein Einladungslink; die beginnen mit shoal://join/</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link is not whole; copy all of it</source>
  <translation>der Einladungslink ist nicht vollständig; kopiere ihn ganz</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link was made by a newer Shoal; update this one</source>
  <translation>der Einladungslink stammt von einem neueren Shoal; aktualisiere dieses</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>this is not a whole invite link; ask for it again</source>
  <translation>das ist kein vollständiger Einladungslink; lass ihn dir noch einmal schicken</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link names a tracker that cannot be</source>
  <translation>der Einladungslink nennt einen Tracker, den es nicht geben kann</translation>
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
