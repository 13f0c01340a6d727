<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context><name>Shoal</name>
<message>
  <location filename="desktop/console/acts/files.py"/>
  <source>the path is empty; a dot is the folder you are in</source>
  <translation>المسار فارغ؛ النقطة هي المجلد الذي أنت فيه</translation>
</message>
<message>
  <location filename="desktop/console/acts/files.py"/>
  <source>nothing was stopped here that could be shared again</source>
  <translation>لم تُوقَف هنا مشاركة يمكن استئنافها</translation>
</message>
<message>
  <location filename="desktop/console/commands.py"/>
  <source>unreadable line: it holds a NUL, which no name and no path can</source>
  <translation>سطر غير مقروء: فيه محرف NUL لا يمكن أن يرد في اسم أو مسار</translation>
</message>
<message>
  <location filename="desktop/console/commands.py"/>
  <source>type a command; `help` lists them</source>
  <translation>اكتب أمرًا؛ ‏`help` يعرض الأوامر</translation>
</message>
<message>
  <location filename="desktop/console/prompt.py"/>
  <source>the line is not UTF-8 text</source>
  <translation>السطر ليس نصًّا بترميز UTF-8</translation>
</message>
<message>
  <location filename="desktop/engine/account.py"/>
  <source>others may have read the key</source>
  <translation>ربما قرأ آخرون المفتاح</translation>
</message>
<message>
  <location filename="desktop/engine/commands/links.py"/>
  <source>the link names another key for a tracker than the one that is known here</source>
  <translation>يذكر الرابط لأحد المتتبّعات مفتاحًا غير المعروف هنا</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/bundle_part.py"/>
  <source>the bundle is not in use any more</source>
  <translation>لم تعد الحزمة مستخدمة</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/downloads.py"/>
  <source>they are not complete yet</source>
  <translation>لم تكتمل بعد</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <location filename="desktop/engine/sharing/offered.py"/>
  <source>that block is not here</source>
  <translation>هذه الكتلة ليست هنا</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <source>the part file cannot be read</source>
  <translation>تعذّرت قراءة الملف الجزئي</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/file_fetch.py"/>
  <location filename="desktop/wording.py"/>
  <source>it was shared with a size that is not its own</source>
  <translation>شورك بحجم ليس حجمه</translation>
</message>
<message>
  <location filename="desktop/engine/files/open_file.py"/>
  <source>the file is not in use any more</source>
  <translation>لم يعد الملف مستخدمًا</translation>
</message>
<message>
  <location filename="desktop/engine/trackers/own_tracker.py"/>
  <source>this computer is in no network</source>
  <translation>هذا الحاسوب ليس في أي شبكة</translation>
</message>
<message>
  <location filename="desktop/engine/trackers/tracker_service.py"/>
  <source>the system did not start the tracker of this computer as a service</source>
  <translation>لم يشغّل النظام متتبّع هذا الحاسوب كخدمة</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Change password</source>
  <translation>تغيير كلمة المرور</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>These devices log in as you without a password. One that is revoked must type it again.</source>
  <translation>تدخل هذه الأجهزة باسمك بلا كلمة مرور. والجهاز الذي تلغيه يجب أن يُدخلها من جديد.</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Delete account for good</source>
  <translation>حذف الحساب نهائيًّا</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>You leave all groups; one that you own goes to whoever is longest in it. Your files stay on this computer. It cannot be undone.</source>
  <translation>ستغادر كل المجموعات، وما تملكه منها ينتقل إلى أقدم عضو فيها. تبقى ملفاتك على هذا الحاسوب. لا يمكن التراجع عن ذلك.</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>The new password is not the same both times</source>
  <translation>كلمة المرور الجديدة ليست نفسها في المرّتين</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Password changed</source>
  <translation>تغيّرت كلمة المرور</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Device revoked</source>
  <translation>أُلغي الجهاز</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Account deleted</source>
  <translation>حُذف الحساب</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Old password</source>
  <translation>كلمة المرور القديمة</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>New password</source>
  <translation>كلمة المرور الجديدة</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>New password again</source>
  <translation>كلمة المرور الجديدة مرة أخرى</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Password</source>
  <translation>كلمة المرور</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>added {day}</source>
  <translation>أُضيف: {day}</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Devices</source>
  <translation>الأجهزة</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Revoke</source>
  <translation>إلغاء الجهاز</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>Delete</source>
  <translation>حذف</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>this one</source>
  <translation>هذا الجهاز</translation>
</message>
<message>
  <location filename="desktop/ui/account_button.py"/>
  <source>Account of {user}</source>
  <translation>حساب {user}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <source>%Ln days</source>
  <translation><numerusform>أقل من يوم</numerusform><numerusform>يوم واحد</numerusform><numerusform>يومان</numerusform><numerusform>%Ln أيام</numerusform><numerusform>%Ln يومًا</numerusform><numerusform>%Ln يوم</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>yesterday</source>
  <translation>أمس</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/groups/activity.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln files</source>
  <translation><numerusform>لا ملفات</numerusform><numerusform>ملف واحد</numerusform><numerusform>ملفان</numerusform><numerusform>%Ln ملفات</numerusform><numerusform>%Ln ملفًّا</numerusform><numerusform>%Ln ملف</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{size}/s</source>
  <translation>{size}/ث</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>0 kB/s</source>
  <translation>٠ كيلوبايت/ث</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{seconds} s</source>
  <translation>{seconds} ث</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{minutes} min</source>
  <translation>{minutes} د</translation>
</message>
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>{hours} h {minutes} min</source>
  <translation>{hours} س {minutes} د</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/amounts.py"/>
  <source>%Ln days ago</source>
  <translation><numerusform>اليوم</numerusform><numerusform>قبل يوم</numerusform><numerusform>قبل يومين</numerusform><numerusform>قبل %Ln أيام</numerusform><numerusform>قبل %Ln يومًا</numerusform><numerusform>قبل %Ln يوم</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>A command, such as help. Tab completes, Up brings back, Escape closes</source>
  <translation>أمر مثل help. ‏Tab يُكمل، والسهم العلوي يستعيد، وEscape يُغلق</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>What the command says</source>
  <translation>جواب الأمر</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>How it may go on</source>
  <translation>تتمّات ممكنة</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Password, then Enter</source>
  <translation>كلمة المرور ثم Enter</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Command</source>
  <translation>أمر</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <source>Running…</source>
  <translation>قيد التنفيذ…</translation>
</message>
<message>
  <location filename="desktop/ui/command_bar.py"/>
  <location filename="desktop/ui/limits.py"/>
  <source>Stopped</source>
  <translation>متوقف</translation>
</message>
<message>
  <location filename="desktop/ui/desk.py"/>
  <source>There is not enough room: with some to spare {needed} are needed, {free} are free</source>
  <translation>المساحة لا تكفي: يلزم {needed} مع شيء من الاحتياط، والمتاح {free}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/desk.py"/>
  <source>and %Ln more</source>
  <translation><numerusform>ولا غير</numerusform><numerusform>وواحد آخر</numerusform><numerusform>واثنان آخران</numerusform><numerusform>و%Ln أخرى</numerusform><numerusform>و%Ln أخرى</numerusform><numerusform>و%Ln أخرى</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/everyone.py"/>
  <source>%Ln of {all} people have all of it</source>
  <translation><numerusform>لا أحد من {all} لديه كله</numerusform><numerusform>واحد من {all} لديه كله</numerusform><numerusform>اثنان من {all} لديهما كله</numerusform><numerusform>%Ln من {all} لديهم كله</numerusform><numerusform>%Ln من {all} لديهم كله</numerusform><numerusform>%Ln من {all} لديهم كله</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>Everyone has all of it</source>
  <translation>لدى الجميع كله</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/details/sayings.py"/>
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of {whole}</source>
  <translation>{done} من {whole}</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has all of it</source>
  <translation>لديه كله</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>this is you</source>
  <translation>هذا أنت</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Who has it</source>
  <translation>من لديه</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>Asking who has it…</source>
  <translation>السؤال عمن لديه…</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>downloads it now</source>
  <translation>ينزّله الآن</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <location filename="desktop/ui/groups/model.py"/>
  <source>online</source>
  <translation>متصل</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has some of it</source>
  <translation>لديه بعضه</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>has nothing of it</source>
  <translation>ليس لديه شيء منه</translation>
</message>
<message>
  <location filename="desktop/ui/details/everyone.py"/>
  <source>was here {time} ago</source>
  <translation>كان هنا قبل {time}</translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>still to come</source>
  <translation>لم يأتِ بعد</translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>already here</source>
  <translation>موجود هنا من قبل</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/legend.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln others</source>
  <translation><numerusform>لا غير</numerusform><numerusform>واحد آخر</numerusform><numerusform>اثنان آخران</numerusform><numerusform>%Ln آخرون</numerusform><numerusform>%Ln آخرون</numerusform><numerusform>%Ln آخرون</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/legend.py"/>
  <source>{who}, {number} percent, {size}</source>
  <translation>{who}، ‏{number} بالمئة، ‏{size}</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>SHA-1 of the whole file: other programs tell by it whether a copy is the same</source>
  <translation>‏SHA-1 للملف كله: بها تعرف البرامج الأخرى هل النسخة هي نفسها</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Shoal tells by it what is in the file, whatever the file is called</source>
  <translation>بها يعرف شول محتوى الملف أيًّا كان اسمه</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Overview</source>
  <translation>نظرة عامة</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Progress</source>
  <translation>التقدّم</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Show in folder</source>
  <translation>إظهار في المجلد</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Copy the checksum</source>
  <translation>نسخ المجموع الاختباري</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Copy the fingerprint</source>
  <translation>نسخ البصمة</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Speed</source>
  <translation>السرعة</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Group</source>
  <translation>المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/model.py"/>
  <source>Size</source>
  <translation>الحجم</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Place</source>
  <translation>المكان</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Checksum</source>
  <translation>المجموع الاختباري</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Fingerprint</source>
  <translation>البصمة</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Where it came from</source>
  <translation>من أين جاء</translation>
</message>
<message>
  <location filename="desktop/ui/details/overview.py"/>
  <source>Where it comes from</source>
  <translation>من أين يأتي</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/overview.py"/>
  <source>and %Ln more files in work</source>
  <translation><numerusform>ولا ملفات أخرى</numerusform><numerusform>وملف آخر قيد العمل</numerusform><numerusform>وملفان آخران قيد العمل</numerusform><numerusform>و%Ln ملفات أخرى قيد العمل</numerusform><numerusform>و%Ln ملفًّا آخر قيد العمل</numerusform><numerusform>و%Ln ملف آخر قيد العمل</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>People of this download</source>
  <translation>المشاركون في هذا التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Nobody yet</source>
  <translation>لا أحد بعد</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Here stands who gives it, and who downloads it from you.</source>
  <translation>هنا يظهر من يعطيه ومن ينزّله منك.</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Log</source>
  <translation>السجل</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Details</source>
  <translation>التفاصيل</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Close the details</source>
  <translation>إغلاق التفاصيل</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <source>Choose a transfer to see all about it.</source>
  <translation>اختر عملية نقل لترى كل شيء عنها.</translation>
</message>
<message>
  <location filename="desktop/ui/details/pane.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>People</source>
  <translation>الأشخاص</translation>
</message>
<message>
  <location filename="desktop/ui/details/peers.py"/>
  <source>at {address}</source>
  <translation>على {address}</translation>
</message>
<message>
  <location filename="desktop/ui/details/peers.py"/>
  <source>Membership proven: their key is that of a member</source>
  <translation>العضوية مثبتة: المفتاح مفتاح عضو</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Piece {number}</source>
  <translation>القطعة {number}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Pieces {first} to {last}</source>
  <translation>القطع من {first} إلى {last}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>on its way from {user}</source>
  <translation>في الطريق من {user}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>Pieces of {name}</source>
  <translation>قطع {name}</translation>
</message>
<message>
  <location filename="desktop/ui/details/piece_map.py"/>
  <source>from {user}</source>
  <translation>من {user}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>sends</source>
  <translation>يرسل</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>held back by your limit</source>
  <translation>تبطئه حدود السرعة التي وضعتَها</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is slow to answer</source>
  <translation>بطيء في الرد</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>waits</source>
  <translation>ينتظر</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is being asked</source>
  <translation>يُسأل</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>is gone</source>
  <translation>غاب</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Started</source>
  <translation>بدأ</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Goes on</source>
  <translation>يستمر</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Waits: {why}</source>
  <translation>ينتظر: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} gives pieces of it</source>
  <translation>{user} يعطي قطعًا منه</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} is gone</source>
  <translation>غاب {user}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{user} does not answer any more</source>
  <translation>لم يعد {user} يرد</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>A piece from {user} was not what was shared; it was thrown away</source>
  <translation>قطعة من {user} لم تطابق ما شورك؛ أُهملت</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{size} are downloaded again, as they had not been written down</source>
  <translation>يُعاد تنزيل {size} لأنها لم تُحفظ</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Paused</source>
  <translation>متوقف مؤقتًا</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Complete, and every piece of it was checked</source>
  <translation>مكتمل، وقد فُحصت كل قطعة منه</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Failed: {why}</source>
  <translation>فشل: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>down {down}, up {up}</source>
  <translation>تنزيل {down}، رفع {up}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Looks for somebody who has it</source>
  <translation>يبحث عمن لديه</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>membership proven</source>
  <translation>العضوية مثبتة</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>not linked</source>
  <translation>غير مرتبط</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Complete</source>
  <translation>مكتمل</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Waits for data from %Ln people</source>
  <translation><numerusform>لا ينتظر بيانات من أحد</numerusform><numerusform>ينتظر بيانات من شخص واحد</numerusform><numerusform>ينتظر بيانات من شخصين</numerusform><numerusform>ينتظر بيانات من %Ln أشخاص</numerusform><numerusform>ينتظر بيانات من %Ln شخصًا</numerusform><numerusform>ينتظر بيانات من %Ln شخص</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/details/sayings.py"/>
  <source>Comes from %Ln people</source>
  <translation><numerusform>لا يأتي من أحد</numerusform><numerusform>يأتي من شخص واحد</numerusform><numerusform>يأتي من شخصين</numerusform><numerusform>يأتي من %Ln أشخاص</numerusform><numerusform>يأتي من %Ln شخصًا</numerusform><numerusform>يأتي من %Ln شخص</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>gave {size}</source>
  <translation>أعطى {size}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>took {size} in all</source>
  <translation>أخذ {size} إجمالًا</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>{what}, {time} left</source>
  <translation>{what}، بقي {time}</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>downloads it too</source>
  <translation>ينزّله أيضًا</translation>
</message>
<message>
  <location filename="desktop/ui/details/sayings.py"/>
  <source>downloads it</source>
  <translation>ينزّله</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>a minute ago</source>
  <translation>قبل دقيقة</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>now</source>
  <translation>الآن</translation>
</message>
<message>
  <location filename="desktop/ui/details/speed_graph.py"/>
  <source>Speed of the last minute: down at most {down}, up at most {up}</source>
  <translation>سرعة الدقيقة الأخيرة: أقصى تنزيل {down}، وأقصى رفع {up}</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>Search</source>
  <translation>بحث</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>There is nothing to choose from</source>
  <translation>لا يوجد ما يُختار منه</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>Who has {name}</source>
  <translation>من لديه {name}</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>All files ({kinds})</source>
  <translation>كل الملفات ({kinds})</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>{user}, online</source>
  <translation>{user}، متصل</translation>
</message>
<message>
  <location filename="desktop/ui/dialogs.py"/>
  <source>{user}, offline</source>
  <translation>{user}، غير متصل</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Share {what}
in {group}</source>
  <translation>مشاركة {what}
في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Create a group or join one first</source>
  <translation>أنشئ مجموعة أو انضم إلى واحدة أولًا</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>{group} has not let you in yet</source>
  <translation>لم تقبلك {group} بعد</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/drops.py"/>
  <location filename="desktop/ui/files/drag_picture.py"/>
  <source>{name} and %Ln more</source>
  <translation><numerusform>{name}</numerusform><numerusform>{name} وعنصر آخر</numerusform><numerusform>{name} وعنصران آخران</numerusform><numerusform>{name} و%Ln عناصر أخرى</numerusform><numerusform>{name} و%Ln عنصرًا آخر</numerusform><numerusform>{name} و%Ln عنصر آخر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>more than {amount}</source>
  <translation>أكثر من {amount}</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Download {name}</source>
  <translation>تنزيل {name}</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>There is nothing in it that can be shared</source>
  <translation>لا شيء فيه يمكن مشاركته</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Nobody online has it; it starts by itself</source>
  <translation>لا أحد ممن هم متصلون يملكه؛ سيبدأ من تلقاء نفسه</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Share in {group}</source>
  <translation>المشاركة في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is shared again</source>
  <translation>عادت مشاركة {name}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items</source>
  <translation><numerusform>لا عناصر</numerusform><numerusform>عنصر واحد</numerusform><numerusform>عنصران</numerusform><numerusform>%Ln عناصر</numerusform><numerusform>%Ln عنصرًا</numerusform><numerusform>%Ln عنصر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Drop it on Transfers to download it; other programs take what is on this computer</source>
  <translation>أفلته على قائمة عمليات النقل لتنزيله؛ البرامج الأخرى تأخذ ما هو موجود على هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Download to</source>
  <translation>التنزيل إلى</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln downloads were not started</source>
  <translation><numerusform>لم يتعذر بدء أي تنزيل</numerusform><numerusform>تعذر بدء تنزيل واحد</numerusform><numerusform>تعذر بدء تنزيلين</numerusform><numerusform>تعذر بدء %Ln تنزيلات</numerusform><numerusform>تعذر بدء %Ln تنزيلًا</numerusform><numerusform>تعذر بدء %Ln تنزيل</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items are still shared</source>
  <translation><numerusform>لا عناصر ما زالت مشارَكة</numerusform><numerusform>عنصر واحد ما زال مشارَكًا</numerusform><numerusform>عنصران ما زالا مشارَكين</numerusform><numerusform>%Ln عناصر ما زالت مشارَكة</numerusform><numerusform>%Ln عنصرًا ما زالت مشارَكة</numerusform><numerusform>%Ln عنصر ما زالت مشارَكة</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/acts.py"/>
  <source>%Ln items are shared again</source>
  <translation><numerusform>لا عناصر تُشارَك من جديد</numerusform><numerusform>عنصر واحد يُشارَك من جديد</numerusform><numerusform>عنصران يُشارَكان من جديد</numerusform><numerusform>%Ln عناصر تُشارَك من جديد</numerusform><numerusform>%Ln عنصرًا تُشارَك من جديد</numerusform><numerusform>%Ln عنصر تُشارَك من جديد</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>These were shared by this name before. Each can be downloaded while somebody has it.</source>
  <translation>شورِكت هذه بهذا الاسم من قبل. يمكن تنزيل كل منها ما دامت لدى أحد.</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Older versions of {name}</source>
  <translation>إصدارات أقدم من {name}</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>At most {most} at once; a folder can be chosen as a whole</source>
  <translation>{most} دفعة واحدة على الأكثر؛ يمكن اختيار مجلد كامل</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>{name} no longer shared; it stays on this computer</source>
  <translation>توقفت مشاركة {name}؛ ويبقى على هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>No program here opens folders; it lies in {folder}</source>
  <translation>لا برنامج هنا يفتح المجلدات؛ موضعه {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Undo</source>
  <translation>تراجع</translation>
</message>
<message>
  <location filename="desktop/ui/files/acts.py"/>
  <source>Download</source>
  <translation>تنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/files/crumbs.py"/>
  <source>Location</source>
  <translation>الموضع</translation>
</message>
<message>
  <location filename="desktop/ui/files/crumbs.py"/>
  <source>Go to {folder}</source>
  <translation>إلى {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/files/flat_view.py"/>
  <location filename="desktop/ui/files/tree_view.py"/>
  <source>Files</source>
  <translation>الملفات</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Search the files of all groups</source>
  <translation>البحث في ملفات كل المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Search all groups</source>
  <translation>البحث في كل المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/files/head.py"/>
  <source>Empty the search</source>
  <translation>تفريغ البحث</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Its files appear here. Somebody may have sent you an invite link.</source>
  <translation>تظهر ملفاتها هنا. ربما أرسل إليك أحدهم رابط دعوة.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>No file or folder of your groups has all of these words.</source>
  <translation>لا ملف ولا مجلد في مجموعاتك يحوي كل هذه الكلمات.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Create a group or join one</source>
  <translation>أنشئ مجموعة أو انضم إلى واحدة</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>{user} owns this group and was asked.</source>
  <translation>{user} هو مالك هذه المجموعة، وقد وصله الطلب.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Nothing found</source>
  <translation>لا نتائج</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Nothing here</source>
  <translation>لا شيء هنا</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Waiting to be let in</source>
  <translation>بانتظار القبول</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Files and folders that you drop are shared here.</source>
  <translation>تُشارَك هنا الملفات والمجلدات التي تفلتها.</translation>
</message>
<message>
  <location filename="desktop/ui/files/nothing.py"/>
  <source>Drop files here</source>
  <translation>أفلت الملفات هنا</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>Found in all groups</source>
  <translation>وُجد في كل المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>No files</source>
  <translation>لا ملفات</translation>
</message>
<message>
  <location filename="desktop/ui/files/pane.py"/>
  <source>No files yet</source>
  <translation>لا ملفات بعد</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Name</source>
  <translation>الاسم</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Availability</source>
  <translation>التوفّر</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Shared by</source>
  <translation>شاركه</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Added</source>
  <translation>أُضيف</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Status</source>
  <translation>الحالة</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Folder</source>
  <translation>المجلد</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of {people}</source>
  <translation>{count} من {people}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of %Ln people</source>
  <translation><numerusform>لا أحد</numerusform><numerusform>{count} من شخص واحد</numerusform><numerusform>{count} من شخصين</numerusform><numerusform>{count} من %Ln أشخاص</numerusform><numerusform>{count} من %Ln شخصًا</numerusform><numerusform>{count} من %Ln شخص</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>{who} have it</source>
  <translation><numerusform>لا أحد لديه</numerusform><numerusform>{who} لديه</numerusform><numerusform>{who} لديهما</numerusform><numerusform>{who} لديهم</numerusform><numerusform>{who} لديهم</numerusform><numerusform>{who} لديهم</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{count} of them online</source>
  <translation>{count} منهم متصلون</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}; you would be number {next}</source>
  <translation>{has}، ‏{online}؛ وستكون رقم {next}</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{name} (folder)</source>
  <translation>{name} (مجلد)</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>Only you have it yet: others can download it while you are online</source>
  <translation>ليس إلا لديك بعد: ينزّله الآخرون ما دمت متصلًا</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}; you are one of them</source>
  <translation>{has}، ‏{online}؛ وأنت منهم</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{has}, {online}: the last copy</source>
  <translation>{has}، ‏{online}: النسخة الأخيرة</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>new version</source>
  <translation>إصدار جديد</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>last copy</source>
  <translation>آخر نسخة</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>nobody online</source>
  <translation>لا أحد متصل</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>%Ln older versions</source>
  <translation><numerusform>لا إصدارات أقدم</numerusform><numerusform>إصدار أقدم</numerusform><numerusform>إصداران أقدمان</numerusform><numerusform>%Ln إصدارات أقدم</numerusform><numerusform>%Ln إصدارًا أقدم</numerusform><numerusform>%Ln إصدار أقدم</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>only you have it</source>
  <translation>لديك وحدك</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>you share it</source>
  <translation>أنت تشاركه</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files/texts.py"/>
  <source>%Ln files, here</source>
  <translation><numerusform>لا ملفات هنا</numerusform><numerusform>ملف واحد، هنا</numerusform><numerusform>ملفان، هنا</numerusform><numerusform>%Ln ملفات، هنا</numerusform><numerusform>%Ln ملفًّا، هنا</numerusform><numerusform>%Ln ملف، هنا</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <source>{name} (file)</source>
  <translation>{name} (ملف)</translation>
</message>
<message>
  <location filename="desktop/ui/files/texts.py"/>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>downloaded</source>
  <translation>نُزّل</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>What happened</source>
  <translation>ما حدث</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>When</source>
  <translation>متى</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{by} removed {user}</source>
  <translation>أخرج {by} ‏{user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{files} in {folder}</source>
  <translation>{files} في {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} created the group</source>
  <translation>أنشأ {user} المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} joined</source>
  <translation>انضم {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} left</source>
  <translation>غادر {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} owns the group now</source>
  <translation>أصبح {user} مالك المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} shared {name}</source>
  <translation>شارك {user} ‏{name}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} downloaded {name}</source>
  <translation>نزّل {user} ‏{name}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>{user} stopped sharing {name}</source>
  <translation>أوقف {user} مشاركة {name}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>What members did lately</source>
  <translation>ما فعله الأعضاء مؤخرًا</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Activity</source>
  <translation>النشاط</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>Nothing happened yet</source>
  <translation>لم يحدث شيء بعد</translation>
</message>
<message>
  <location filename="desktop/ui/groups/activity.py"/>
  <source>Activity in {group}</source>
  <translation>النشاط في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>It can be a family, a class, a film crew. Then drop files on it, and send a link to the others.</source>
  <translation>قد تكون أسرة أو صفًّا أو فريق تصوير. ثم أفلت الملفات عليها وأرسل رابطًا إلى الآخرين.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>The owner of the group is asked to let you in.</source>
  <translation>سيُطلب من مالك المجموعة أن يقبلك.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Asked the owner of {group} to let you in</source>
  <translation>أُرسل طلب انضمامك إلى مالك {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>You stop sharing in it, and need to be let in again to come back.</source>
  <translation>تتوقف مشاركتك فيها، ولا تعود إلا بقبول جديد.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Leave {group}?</source>
  <translation>مغادرة {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Request to join {group} withdrawn</source>
  <translation>سُحب طلب الانضمام إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} is now a member of {group}</source>
  <translation>أصبح {user} عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Request of {user} rejected</source>
  <translation>رُفض طلب {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} removed from {group}</source>
  <translation>أُخرج {user} من {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>New group</source>
  <translation>مجموعة جديدة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Name your first group</source>
  <translation>سمِّ مجموعتك الأولى</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Left {group}</source>
  <translation>غادرت {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Who shall own the group? You stay a member.</source>
  <translation>من يملك المجموعة بعدك؟ تبقى أنت عضوًا.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Choose</source>
  <translation>اختيار</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Hand over {group}</source>
  <translation>نقل ملكية {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} is now the owner of {group}</source>
  <translation>أصبح {user} مالك {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Group {group} created</source>
  <translation>أُنشئت المجموعة {group}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>There is no other group to join yet</source>
  <translation>لا توجد بعد مجموعة أخرى للانضمام إليها</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/groups/acts.py"/>
  <source>%Ln members</source>
  <translation><numerusform>لا أعضاء</numerusform><numerusform>عضو واحد</numerusform><numerusform>عضوان</numerusform><numerusform>%Ln أعضاء</numerusform><numerusform>%Ln عضوًا</numerusform><numerusform>%Ln عضو</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Left {group}; {user} owns it now</source>
  <translation>غادرت {group}؛ مالكها الآن {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Create group</source>
  <translation>إنشاء المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Join a group</source>
  <translation>الانضمام إلى مجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Ask to join</source>
  <translation>طلب الانضمام</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Nobody else is in it: the group ends when you leave.</source>
  <translation>ليس فيها غيرك: تنتهي المجموعة بمغادرتك.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Let {user} into {group}?</source>
  <translation>قبول {user} في {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Members see and download all files of the group, and may share their own.</source>
  <translation>يرى الأعضاء ملفات المجموعة كلها وينزّلونها، ولهم أن يشاركوا ملفاتهم.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Make {user} the owner of {group}?</source>
  <translation>جعل {user} مالك {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>You stay a member. Only the new owner can give it back.</source>
  <translation>تبقى عضوًا. ولا يعيدها إليك إلا المالك الجديد.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>{user} will own it, as the longest in it.</source>
  <translation>سيصبح {user} مالكها لأنه الأقدم فيها.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Accept</source>
  <translation>قبول</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>Reject</source>
  <translation>رفض</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Make owner</source>
  <translation>نقل الملكية</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Remove {user} from {group}?</source>
  <translation>إخراج {user} من {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>They keep what they downloaded, and can download nothing more.</source>
  <translation>ما نُزّل من قبل يبقى مكانه، ولا يمكن تنزيل جديد.</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Remove</source>
  <translation>إخراج</translation>
</message>
<message>
  <location filename="desktop/ui/groups/acts.py"/>
  <source>Leave</source>
  <translation>مغادرة</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>you own it</source>
  <translation>أنت مالكها</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>you are a member</source>
  <translation>أنت عضو فيها</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>request sent</source>
  <translation>أُرسل الطلب</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Members</source>
  <translation>الأعضاء</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Requests</source>
  <translation>الطلبات</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>{online} of {count}</source>
  <translation>{online} من {count}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>{user} asks to join</source>
  <translation>{user} يطلب الانضمام</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>Owner: {user}</source>
  <translation>المالك: {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>offline</source>
  <translation>غير متصل</translation>
</message>
<message>
  <location filename="desktop/ui/groups/model.py"/>
  <source>owner</source>
  <translation>المالك</translation>
</message>
<message>
  <location filename="desktop/ui/groups/pane.py"/>
  <source>Groups</source>
  <translation>المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/groups/pane.py"/>
  <source>No groups yet</source>
  <translation>لا مجموعات بعد</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is here</source>
  <translation>وصل {name}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>{user} asks to join {group}</source>
  <translation>{user} يطلب الانضمام إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>You are now a member of {group}</source>
  <translation>أصبحت عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{user} is in {group} now</source>
  <translation>{user} الآن في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>Your request to join {group} was turned down</source>
  <translation>رُفض طلب انضمامك إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>You are no longer a member of {group}</source>
  <translation>لم تعد عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>The link to {group} was of no use: {why}</source>
  <translation>لم ينفع الرابط إلى {group}: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{group} belongs to {user} now</source>
  <translation>أصبحت {group} ملك {user}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} could not be downloaded: {why}</source>
  <translation>تعذّر تنزيل {name}: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>No space left for {path}; it goes on by itself when there is</source>
  <translation>لا مساحة لـ {path}؛ سيُستأنف من تلقاء نفسه حين تتوفر</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/happenings.py"/>
  <source>The clock of this computer is off by %Ln seconds; set it right</source>
  <translation><numerusform>ساعة هذا الحاسوب مضبوطة</numerusform><numerusform>ساعة هذا الحاسوب منحرفة ثانية واحدة؛ اضبطها</numerusform><numerusform>ساعة هذا الحاسوب منحرفة ثانيتين؛ اضبطها</numerusform><numerusform>ساعة هذا الحاسوب منحرفة %Ln ثوانٍ؛ اضبطها</numerusform><numerusform>ساعة هذا الحاسوب منحرفة %Ln ثانية؛ اضبطها</numerusform><numerusform>ساعة هذا الحاسوب منحرفة %Ln ثانية؛ اضبطها</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>First time at the tracker {address}; its key is remembered</source>
  <translation>أول اتصال بالمتتبّع {address}؛ حُفظ مفتاحه</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 hour</source>
  <translation>ساعة واحدة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 day</source>
  <translation>يوم واحد</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>1 week</source>
  <translation>أسبوع واحد</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>30 days</source>
  <translation>٣٠ يومًا</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Lets in %Ln people until {when} without asking you. Send it only to them.</source>
  <translation><numerusform>لا يُدخل أحدًا حتى {when}.</numerusform><numerusform>يُدخل شخصًا واحدًا حتى {when} دون سؤال. لا تعطه لغيره.</numerusform><numerusform>يُدخل شخصين حتى {when} دون سؤال. لا تعطه لغيرهما.</numerusform><numerusform>يُدخل %Ln أشخاص حتى {when} دون سؤال. لا تعطه لغيرهم.</numerusform><numerusform>يُدخل %Ln شخصًا حتى {when} دون سؤال. لا تعطه لغيرهم.</numerusform><numerusform>يُدخل %Ln شخص حتى {when} دون سؤال. لا تعطه لغيرهم.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>{used} of {uses} came in</source>
  <translation>دخل {used} من {uses}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>So far the link works on this computer only.</source>
  <translation>لا يعمل الرابط حتى الآن إلا على هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Invite revoked: nobody comes in by it any more</source>
  <translation>أُلغيت الدعوة: لن يدخل بها أحد</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Whoever opens it asks to join; the owner of the group decides.</source>
  <translation>من يفتحه يطلب الانضمام؛ والقرار لمالك المجموعة.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>until {when}</source>
  <translation>حتى {when}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Invite</source>
  <translation>دعوة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Invite to {group}</source>
  <translation>الدعوة إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Invite link</source>
  <translation>رابط الدعوة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Copy link</source>
  <translation>نسخ الرابط</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <location filename="desktop/ui/keys_help.py"/>
  <location filename="desktop/ui/network_check.py"/>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Close</source>
  <translation>إغلاق</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Let other computers in</source>
  <translation>السماح للحواسيب الأخرى</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Who opens the link</source>
  <translation>من يفتح الرابط</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>is let in at once</source>
  <translation>يدخل فورًا</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>asks me first</source>
  <translation>يسألني أولًا</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>For how many people</source>
  <translation>لكم شخصًا</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>For how long</source>
  <translation>لكم من الوقت</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Make link and copy it</source>
  <translation>إنشاء الرابط ونسخه</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Copied</source>
  <translation>نُسخ</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Open invites</source>
  <translation>الدعوات المفتوحة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Revoke invite</source>
  <translation>إلغاء الدعوة</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>%Ln people</source>
  <translation><numerusform>لا أحد</numerusform><numerusform>شخص واحد</numerusform><numerusform>شخصان</numerusform><numerusform>%Ln أشخاص</numerusform><numerusform>%Ln شخصًا</numerusform><numerusform>%Ln شخص</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Other computers may not come through: {why}</source>
  <translation>قد لا تصل الحواسيب الأخرى: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/invites/dialog.py"/>
  <source>Whoever opens the link</source>
  <translation>من يفتح الرابط</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Join by an invite link</source>
  <translation>الانضمام برابط دعوة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>You are invited</source>
  <translation>أنت مدعو</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>Show group</source>
  <translation>إظهار المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Join</source>
  <translation>انضمام</translation>
</message>
<message>
  <location filename="desktop/ui/invites/joining.py"/>
  <source>You leave the network that you use now; you can come back to it.</source>
  <translation>ستغادر الشبكة التي تستخدمها الآن؛ ويمكنك العودة إليها.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Its owner is asked to let you in.</source>
  <translation>سيُطلب من مالكها أن يقبلك.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in a network that is new to this computer, with %Ln trackers: {addresses}</source>
  <translation><numerusform>هي في شبكة جديدة على هذا الحاسوب بلا متتبّعات: {addresses}</numerusform><numerusform>هي في شبكة جديدة على هذا الحاسوب فيها متتبّع واحد: {addresses}</numerusform><numerusform>هي في شبكة جديدة على هذا الحاسوب فيها متتبّعان: {addresses}</numerusform><numerusform>هي في شبكة جديدة على هذا الحاسوب فيها %Ln متتبّعات: {addresses}</numerusform><numerusform>هي في شبكة جديدة على هذا الحاسوب فيها %Ln متتبّعًا: {addresses}</numerusform><numerusform>هي في شبكة جديدة على هذا الحاسوب فيها %Ln متتبّع: {addresses}</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Drop your invite here</source>
  <translation>أفلت دعوتك هنا</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>The link names another key for a tracker than the one that is known here. Do not use it; ask who sent it.</source>
  <translation>يذكر الرابط لأحد المتتبّعات مفتاحًا غير المعروف هنا. لا تستخدمه، واسأل من أرسله.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>The time of this invitation is over; ask for another one.</source>
  <translation>انتهى وقت هذه الدعوة؛ اطلب غيرها.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>You are a member of it already.</source>
  <translation>أنت عضو فيها من قبل.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>You are let in at once.</source>
  <translation>تدخل فورًا.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in the network that you use.</source>
  <translation>هي في الشبكة التي تستخدمها.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>It is in another network, which this computer knows.</source>
  <translation>هي في شبكة أخرى يعرفها هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>From a picture…</source>
  <translation>من صورة…</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>A picture of the QR code</source>
  <translation>صورة لرمز QR</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Pictures ({kinds})</source>
  <translation>صور ({kinds})</translation>
</message>
<message>
  <location filename="desktop/ui/invites/link_entry.py"/>
  <source>Looking for a QR code in the picture…</source>
  <translation>جارٍ البحث عن رمز QR في الصورة…</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>no QR code was found in this picture; take one that shows all of it, and sharp</source>
  <translation>لم يُعثر على رمز QR في هذه الصورة؛ استخدم صورة تُظهره كاملًا وواضحًا</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>this is no picture that Shoal can read; try a PNG or a JPEG</source>
  <translation>هذه ليست صورة يستطيع شول قراءتها؛ جرّب PNG أو JPEG</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>the QR code in this picture is no invite of Shoal</source>
  <translation>رمز QR في هذه الصورة ليس دعوة من شول</translation>
</message>
<message>
  <location filename="desktop/ui/invites/picture.py"/>
  <source>this picture is too large; cut it down to the QR code</source>
  <translation>هذه الصورة كبيرة جدًا؛ اقتطع منها رمز QR وحده</translation>
</message>
<message>
  <location filename="desktop/ui/invites/qr.py"/>
  <source>The link as a QR code</source>
  <translation>الرابط كرمز QR</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Open, download, or pause and go on</source>
  <translation>فتح، أو تنزيل، أو إيقاف مؤقت واستئناف</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>Download &amp;to…</source>
  <translation>التنزيل إلى…</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Stop sharing, or cancel a download</source>
  <translation>إيقاف المشاركة أو إلغاء التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>To the folder above</source>
  <translation>إلى المجلد الأعلى</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Back from a search, close what is open</source>
  <translation>العودة من البحث، وإغلاق ما هو مفتوح</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>From the search to what was found</source>
  <translation>من البحث إلى ما عُثر عليه</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>An earlier command, in the command bar</source>
  <translation>أمر سابق، في شريط الأوامر</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Choose and mark hours of the week</source>
  <translation>اختيار ساعات الأسبوع وتعليمها</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Mark all hours on the way, as the last</source>
  <translation>تعليم كل الساعات في الطريق كآخر ساعة</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Use an invite link, on the first page</source>
  <translation>استخدام رابط دعوة، في الصفحة الأولى</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>What may be done here</source>
  <translation>ما يمكن فعله هنا</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>To the next part of the window</source>
  <translation>إلى الجزء التالي من النافذة</translation>
</message>
<message>
  <location filename="desktop/ui/keys_help.py"/>
  <source>Keyboard shortcuts</source>
  <translation>اختصارات لوحة المفاتيح</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limit downloads</source>
  <translation>تحديد سرعة التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limit uploads</source>
  <translation>تحديد سرعة الرفع</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>none</source>
  <translation>لا شيء</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Drag over the hours in which the alternative limits hold:</source>
  <translation>اسحب فوق الساعات التي تسري فيها الحدود البديلة:</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Do not limit my own network</source>
  <translation>لا تحدّ السرعة داخل شبكتي</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Set limits</source>
  <translation>تطبيق الحدود</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>Limits</source>
  <translation>حدود السرعة</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Alternative hours: {hours}</source>
  <translation>ساعات بديلة: {hours}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>On top of the limits over all groups.</source>
  <translation>فوق حدود المجموعات كلها.</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limits within {group}</source>
  <translation>حدود السرعة داخل {group}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Limits set</source>
  <translation>طُبّقت الحدود</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Normal hours</source>
  <translation>الساعات العادية</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>Alternative hours</source>
  <translation>الساعات البديلة</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>kB/s</source>
  <translation>ك.ب/ث</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>kB per second</source>
  <translation>كيلوبايت في الثانية</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>alternative hours</source>
  <translation>الساعات البديلة</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>daily</source>
  <translation>يوميًّا</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Where is {name} now?</source>
  <translation>أين يوجد {name} الآن؟</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>That is another file, or it cannot be read</source>
  <translation>هذا ملف آخر، أو تتعذر قراءته</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>It is not there, or cannot be read</source>
  <translation>ليس هناك، أو لا يمكن قراءته</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files could not be shared again</source>
  <translation><numerusform>لم تتعذر مشاركة أي ملف من جديد</numerusform><numerusform>تعذرت مشاركة ملف واحد من جديد</numerusform><numerusform>تعذرت مشاركة ملفين من جديد</numerusform><numerusform>تعذرت مشاركة %Ln ملفات من جديد</numerusform><numerusform>تعذرت مشاركة %Ln ملفًّا من جديد</numerusform><numerusform>تعذرت مشاركة %Ln ملف من جديد</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name}, which was lost, is here again. Share it in {group} as before?</source>
  <translation>{name} كان مفقودًا وعاد الآن. هل تشاركه في {group} كما كان؟</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is no longer shared in {group}: it is not where it was on disk</source>
  <translation>لم تعد مشاركة {name} في {group} قائمة: لم يعد في مكانه على القرص</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} is no longer shared in {group}: {why}</source>
  <translation>لم يعد {name} مشارَكًا في {group}: ‏{why}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files were moved; they are shared from where they are now</source>
  <translation><numerusform>لم يُنقل أي ملف</numerusform><numerusform>نُقل ملف واحد؛ وهو يُشارَك من مكانه الحالي</numerusform><numerusform>نُقل ملفان؛ وهما يُشارَكان من مكانهما الحالي</numerusform><numerusform>نُقلت %Ln ملفات؛ وهي تُشارَك من مكانها الحالي</numerusform><numerusform>نُقل %Ln ملفًّا؛ وهي تُشارَك من مكانها الحالي</numerusform><numerusform>نُقل %Ln ملف؛ وهي تُشارَك من مكانها الحالي</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files, which were lost, are here again. Share them as before?</source>
  <translation><numerusform>لم يعد أي ملف مفقود</numerusform><numerusform>عاد ملف واحد كان مفقودًا. هل تُستأنف مشاركته كما كانت؟</numerusform><numerusform>عاد ملفان كانا مفقودين. هل تُستأنف مشاركتهما كما كانت؟</numerusform><numerusform>عادت %Ln ملفات كانت مفقودة. هل تُستأنف مشاركتها كما كانت؟</numerusform><numerusform>عاد %Ln ملفًّا كانت مفقودة. هل تُستأنف مشاركتها كما كانت؟</numerusform><numerusform>عاد %Ln ملف كانت مفقودة. هل تُستأنف مشاركتها كما كانت؟</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are no longer shared: they are not where they were on disk</source>
  <translation><numerusform>لم تتوقف مشاركة أي ملف</numerusform><numerusform>توقفت مشاركة ملف واحد: لم يعد في مكانه على القرص</numerusform><numerusform>توقفت مشاركة ملفين: لم يعودا في مكانهما على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملفات: لم تعد في مكانها على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملفًّا: لم تعد في مكانها على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملف: لم تعد في مكانها على القرص</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are no longer shared: they were changed on disk</source>
  <translation><numerusform>لم تتوقف مشاركة أي ملف</numerusform><numerusform>توقفت مشاركة ملف واحد: تغيّر على القرص</numerusform><numerusform>توقفت مشاركة ملفين: تغيّرا على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملفات: تغيّرت على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملفًّا: تغيّرت على القرص</numerusform><numerusform>توقفت مشاركة %Ln ملف: تغيّرت على القرص</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>In which folder are they now?</source>
  <translation>في أي مجلد هي الآن؟</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/lost_shares.py"/>
  <source>%Ln files are shared again</source>
  <translation><numerusform>لا ملفات تُشارَك من جديد</numerusform><numerusform>ملف واحد يُشارَك من جديد</numerusform><numerusform>ملفان يُشارَكان من جديد</numerusform><numerusform>%Ln ملفات تُشارَك من جديد</numerusform><numerusform>%Ln ملفًّا تُشارَك من جديد</numerusform><numerusform>%Ln ملف تُشارَك من جديد</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>{name} was moved; it is shared from {folder} now</source>
  <translation>نُقل {name}، وتجري مشاركته الآن من {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Share again</source>
  <translation>شارك مجددًا</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Find it</source>
  <translation>ابحث عنه</translation>
</message>
<message>
  <location filename="desktop/ui/lost_shares.py"/>
  <source>Find them</source>
  <translation>ابحث عنها</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Starting…</source>
  <translation>جارٍ البدء…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>As the system</source>
  <translation>كما في النظام</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Light</source>
  <translation>فاتح</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Dark</source>
  <translation>داكن</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Group</source>
  <translation>ال&amp;مجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;New group…</source>
  <translation>مجموعة جديدة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Join a group…</source>
  <translation>الانضمام إلى مجموعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Join by an invite lin&amp;k…</source>
  <translation>الانضمام برابط دعوة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Join by link</source>
  <translation>انضمام برابط</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>In&amp;vite…</source>
  <translation>دعوة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Accept into the group</source>
  <translation>قبول في المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Reject</source>
  <translation>رفض</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Re&amp;move from the group…</source>
  <translation>إخراج من المجموعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Hand &amp;over the group…</source>
  <translation>نقل ملكية المجموعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Withdraw request</source>
  <translation>سحب الطلب</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Leave group…</source>
  <translation>مغادرة المجموعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>L&amp;imits of the group…</source>
  <translation>حدود سرعة المجموعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Files</source>
  <translation>ال&amp;ملفات</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Share files…</source>
  <translation>مشاركة ملفات…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share files</source>
  <translation>مشاركة ملفات</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share &amp;folder…</source>
  <translation>مشاركة مجلد…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Share folder</source>
  <translation>مشاركة مجلد</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Download</source>
  <translation>تنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Download for pre&amp;view</source>
  <translation>تنزيل للمعاينة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Fi&amp;nd</source>
  <translation>بحث</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>In one &amp;list, or by folder</source>
  <translation>في قائمة واحدة أو حسب المجلد</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Who has it…</source>
  <translation>من لديه…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Older &amp;versions…</source>
  <translation>إصدارات أقدم…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Show in folde&amp;r</source>
  <translation>إظهار في المجلد</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>St&amp;op sharing</source>
  <translation>إيقاف المشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Transfers</source>
  <translation>ال&amp;نقل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Pause</source>
  <translation>إيقاف مؤقت</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Resume or try again</source>
  <translation>استئناف أو إعادة المحاولة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Resume</source>
  <translation>استئناف</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Cancel or remove from list</source>
  <translation>إلغاء أو إزالة من القائمة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <location filename="desktop/ui/sharing.py"/>
  <source>Cancel</source>
  <translation>إلغاء</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Pause al&amp;l</source>
  <translation>إيقاف الكل مؤقتًا</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Resume all</source>
  <translation>استئناف كل المتوقف</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Before others</source>
  <translation>قبل غيره</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>As &amp;others</source>
  <translation>كغيره</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Af&amp;ter others</source>
  <translation>بعد غيره</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>F&amp;irst to last, for a preview</source>
  <translation>من الأول إلى الآخر، للمعاينة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>R&amp;arest first, best for all</source>
  <translation>الأندر أولًا، وهو الأفضل للجميع</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Check &amp;what was downloaded</source>
  <translation>فحص ما نُزّل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Stop &amp;sharing it</source>
  <translation>إيقاف مشاركته</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Show in &amp;folder</source>
  <translation>إظهار في المجلد</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Details</source>
  <translation>التفاصيل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Limits…</source>
  <translation>حدود السرعة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Account</source>
  <translation>ال&amp;حساب</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Change password…</source>
  <translation>تغيير كلمة المرور…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>De&amp;vices…</source>
  <translation>الأجهزة…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Log out</source>
  <translation>خروج</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Delete account…</source>
  <translation>حذف الحساب…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Check my net&amp;work…</source>
  <translation>فحص شبكتي…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Preferences…</source>
  <translation>التفضيلات…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Quit Shoal</source>
  <translation>إنهاء شول</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;View</source>
  <translation>ال&amp;عرض</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Command bar</source>
  <translation>سطر الأوامر</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;groups</source>
  <translation>إلى المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;files</source>
  <translation>إلى الملفات</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;transfers</source>
  <translation>إلى عمليات النقل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>To the &amp;details</source>
  <translation>إلى التفاصيل</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Help</source>
  <translation>&amp;مساعدة</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Keyboard shortcuts…</source>
  <translation>اختصارات لوحة المفاتيح…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>&amp;Colours</source>
  <translation>الألوان</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>Lan&amp;guage</source>
  <translation>اللغة</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/messages.py"/>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads</source>
  <translation><numerusform>لا تنزيلات</numerusform><numerusform>تنزيل واحد</numerusform><numerusform>تنزيلان</numerusform><numerusform>%Ln تنزيلات</numerusform><numerusform>%Ln تنزيلًا</numerusform><numerusform>%Ln تنزيل</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Request to join</source>
  <translation>طلب انضمام</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Try again</source>
  <translation>حاول مجددًا</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Download complete</source>
  <translation>اكتمل التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/messages.py"/>
  <source>Download failed</source>
  <translation>فشل التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Trackers</source>
  <translation>المتتبّعات</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>{some} of %Ln trackers answer. It works all the same; tell who runs the others.</source>
  <translation><numerusform>لا متتبّعات.</numerusform><numerusform>يجيب {some} من متتبّع واحد. يعمل كل شيء رغم ذلك؛ أخبر من يدير البقية.</numerusform><numerusform>يجيب {some} من متتبّعين. يعمل كل شيء رغم ذلك؛ أخبر من يدير البقية.</numerusform><numerusform>يجيب {some} من %Ln متتبّعات. يعمل كل شيء رغم ذلك؛ أخبر من يدير البقية.</numerusform><numerusform>يجيب {some} من %Ln متتبّعًا. يعمل كل شيء رغم ذلك؛ أخبر من يدير البقية.</numerusform><numerusform>يجيب {some} من %Ln متتبّع. يعمل كل شيء رغم ذلك؛ أخبر من يدير البقية.</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>All %Ln answer.</source>
  <translation><numerusform>لا متتبّعات.</numerusform><numerusform>المتتبّع يجيب.</numerusform><numerusform>كلا المتتبّعين يجيب.</numerusform><numerusform>كلها تجيب، وهي %Ln.</numerusform><numerusform>كلها تجيب، وهي %Ln.</numerusform><numerusform>كلها تجيب، وهي %Ln.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Your port</source>
  <translation>منفذك</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Firewall and router</source>
  <translation>الجدار الناري والموجّه</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Clock</source>
  <translation>الساعة</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} ahead. Let the system set it.</source>
  <translation>متقدّمة {time}. دع النظام يضبطها.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} behind. Let the system set it.</source>
  <translation>متأخرة {time}. دع النظام يضبطها.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It is {time} off, which does no harm.</source>
  <translation>منحرفة {time}، ولا ضرر في ذلك.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Disk</source>
  <translation>القرص</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>The folder for downloads, {folder}, is not there. Choose another in the preferences.</source>
  <translation>مجلد التنزيلات {folder} غير موجود. اختر مجلدًا آخر في التفضيلات.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Only {size} are free in {folder}. Make room, or choose another folder in the preferences.</source>
  <translation>لم يبق إلا {size} في {folder}. أفسح مكانًا أو اختر مجلدًا آخر في التفضيلات.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>{size} are free in {folder}.</source>
  <translation>المتاح {size} في {folder}.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/network_check.py"/>
  <source>%Ln things could be better</source>
  <translation><numerusform>كل شيء على ما يرام</numerusform><numerusform>أمر واحد يمكن تحسينه</numerusform><numerusform>أمران يمكن تحسينهما</numerusform><numerusform>%Ln أمور يمكن تحسينها</numerusform><numerusform>%Ln أمرًا يمكن تحسينه</numerusform><numerusform>%Ln أمر يمكن تحسينه</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>None answers. Is this computer online, and does your tracker run?</source>
  <translation>لا يجيب أي منها. هل هذا الحاسوب متصل بالشبكة، وهل يعمل متتبّعك؟</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It answers slowly: the way to it is bad, or it is far away.</source>
  <translation>يجيب ببطء: الطريق إليه رديء أو هو بعيد.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Others reach you at port {port}.</source>
  <translation>يصل إليك الآخرون على المنفذ {port}.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>You take connections at port {port}. Your tracker is on this computer, so it cannot tell whether others get here.</source>
  <translation>تقبل الاتصالات على المنفذ {port}. متتبّعك على هذا الحاسوب فلا يستطيع أن يعرف هل يصل الآخرون.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Only programs on this computer reach you. To exchange files with others, let other computers use the tracker of this one, in the preferences, or give Shoal an address of your network to listen at.</source>
  <translation>لا يصل إليك إلا برامج هذا الحاسوب. لتبادل الملفات مع الآخرين اسمح لحواسيب أخرى باستخدام متتبّع هذا الحاسوب، في التفضيلات، أو أعطِ شول عنوانًا من شبكتك ليستمع عليه.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>No tracker could try it now. Log in, and check again in a moment.</source>
  <translation>لم يستطع أي متتبّع تجربته الآن. ادخل وأعد الفحص بعد لحظة.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Others do not reach you at port {port}. You exchange files with those whom you reach; two of whom neither is reached exchange nothing.</source>
  <translation>لا يصل إليك الآخرون على المنفذ {port}. تتبادل الملفات مع من تصل إليهم؛ واثنان لا يُوصَل إلى أي منهما لا يتبادلان شيئًا.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>The router sends TCP port {port} elsewhere. Forward it to this computer.</source>
  <translation>يرسل الموجّه منفذ TCP ‏{port} إلى مكان آخر. وجّهه إلى هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Something lets nothing through. Allow TCP port {port} in the firewall of this computer, and forward it in the router.</source>
  <translation>شيء ما لا يسمح بالمرور. اسمح بمنفذ TCP ‏{port} في الجدار الناري لهذا الحاسوب ووجّهه في الموجّه.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Nothing is in the way.</source>
  <translation>لا عائق في الطريق.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>They do not matter as long as only this computer reaches you.</source>
  <translation>لا أثر لها ما دام لا يصل إليك إلا هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Nothing is known to be in the way. What others need is TCP port {port}.</source>
  <translation>لا يُعرف عائق في الطريق. يحتاج الآخرون إلى منفذ TCP ‏{port}.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>No tracker was there to compare it with.</source>
  <translation>لم يوجد متتبّع للمقارنة به.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>It agrees with the tracker's to a second.</source>
  <translation>توافق ساعة المتتبّع في حدود ثانية.</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Check my network</source>
  <translation>فحص شبكتي</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Check again</source>
  <translation>إعادة الفحص</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>Checking…</source>
  <translation>قيد الفحص…</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>All is well</source>
  <translation>كل شيء على ما يرام</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>well</source>
  <translation>جيد</translation>
</message>
<message>
  <location filename="desktop/ui/network_check.py"/>
  <source>could be better</source>
  <translation>يمكن تحسينه</translation>
</message>
<message>
  <location filename="desktop/ui/notices.py"/>
  <source>Close this message</source>
  <translation>إغلاق هذه الرسالة</translation>
</message>
<message>
  <location filename="desktop/ui/notifications.py"/>
  <location filename="desktop/ui/tray.py"/>
  <source>Open Shoal</source>
  <translation>فتح شول</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Preferences</source>
  <translation>التفضيلات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Pages of the preferences</source>
  <translation>صفحات التفضيلات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>General</source>
  <translation>عام</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Folders</source>
  <translation>المجلدات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Network</source>
  <translation>الشبكة</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/dialog.py"/>
  <source>Appearance</source>
  <translation>المظهر</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Ask me</source>
  <translation>اسألني</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Keep sharing from the system tray</source>
  <translation>مواصلة المشاركة من شريط النظام</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <location filename="desktop/ui/quitting.py"/>
  <location filename="desktop/ui/tray.py"/>
  <source>Quit Shoal</source>
  <translation>إنهاء شول</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Comfortable</source>
  <translation>مريح</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Compact: more rows at a time</source>
  <translation>متراصّ: صفوف أكثر</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When the window is closed</source>
  <translation>عند إغلاق النافذة</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>This system has no tray, so closing the window quits Shoal.</source>
  <translation>ليس لهذا النظام شريط، فإغلاق النافذة ينهي شول.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Start Shoal in the tray when I log in to this computer</source>
  <translation>تشغيل شول في شريط النظام عند دخولي إلى هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Notify me while the window is not in front</source>
  <translation>إخباري عبر النظام حين أنظر في غيره</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Change…</source>
  <translation>تغيير…</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Change the folder for downloads</source>
  <translation>تغيير مجلد التنزيلات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Ask for a folder before each download</source>
  <translation>السؤال عن مجلد قبل كل تنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Downloads go to</source>
  <translation>تُحفظ التنزيلات في</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Port on which others reach this computer</source>
  <translation>المنفذ الذي يصل منه الآخرون إلى هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Any free one</source>
  <translation>أي منفذ متاح</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>A change takes effect at the next start.</source>
  <translation>يُستخدم المنفذ الآخر من التشغيل التالي.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Limits…</source>
  <translation>حدود السرعة…</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <location filename="desktop/ui/status_line.py"/>
  <source>Speeds</source>
  <translation>السرعات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>At present it is {address}.</source>
  <translation>هو الآن {address}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Colours</source>
  <translation>الألوان</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Lists</source>
  <translation>القوائم</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Language</source>
  <translation>اللغة</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>Starting</source>
  <translation>عند البدء</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When somebody asks to join a group of mine</source>
  <translation>حين يطلب أحد الانضمام إلى مجموعة لي</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/pages.py"/>
  <source>When downloads end</source>
  <translation>حين تنتهي التنزيلات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Shoal runs a tracker of its own on this computer.</source>
  <translation>يشغّل شول متتبّعًا خاصًّا به على هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>The system then runs it. It stays the same tracker, so that links and accounts stay good.</source>
  <translation>يشغّله النظام عندئذ. ويبقى المتتبّع نفسه، فتظل الروابط والحسابات صالحة.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Command for an administrator</source>
  <translation>أمر للمسؤول</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Copy</source>
  <translation>نسخ</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Copy the command</source>
  <translation>نسخ الأمر</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Use the one of this computer</source>
  <translation>استخدام متتبّع هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Use a tracker file…</source>
  <translation>استخدام ملف متتبّعات…</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Other computers may use the tracker of this one</source>
  <translation>يجوز للحواسيب الأخرى استخدام متتبّع هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Keep it running while Shoal is closed</source>
  <translation>إبقاؤه عاملًا عندما يكون شول مغلقًا</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>On this computer</source>
  <translation>على هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They are those of {file}.</source>
  <translation>هي المذكورة في {file}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Use a tracker file</source>
  <translation>استخدام ملف متتبّعات</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>One moment…</source>
  <translation>لحظة…</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>The system runs it, as {service}.</source>
  <translation>يشغّله النظام باسم {service}.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>Only this computer uses it.</source>
  <translation>لا يستخدمه إلا هذا الحاسوب.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>It stops when you log out of this computer, unless this is typed in a terminal once:</source>
  <translation>يتوقف عندما تسجّل الخروج من هذا الحاسوب، ما لم يُكتب هذا مرة واحدة في الطرفية:</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They find it at {addresses}; invite links say so.</source>
  <translation>تجده في {addresses}؛ وروابط الدعوة تذكر ذلك.</translation>
</message>
<message>
  <location filename="desktop/ui/preferences/trackers_page.py"/>
  <source>They may not come through: {why}</source>
  <translation>قد لا تصل: ‏{why}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/quitting.py"/>
  <source>%Ln downloads are under way; they go on when Shoal is opened again.</source>
  <translation><numerusform>لا تنزيلات جارية.</numerusform><numerusform>هناك تنزيل واحد جارٍ؛ يُستأنف عند فتح شول من جديد.</numerusform><numerusform>هناك تنزيلان جاريان؛ يُستأنفان عند فتح شول من جديد.</numerusform><numerusform>هناك %Ln تنزيلات جارية؛ تُستأنف عند فتح شول من جديد.</numerusform><numerusform>هناك %Ln تنزيلًا جاريًا؛ تُستأنف عند فتح شول من جديد.</numerusform><numerusform>هناك %Ln تنزيل جارٍ؛ تُستأنف عند فتح شول من جديد.</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/quitting.py"/>
  <source>%Ln people download from you now; without you they may have to wait.</source>
  <translation><numerusform>لا أحد ينزّل منك الآن.</numerusform><numerusform>ينزّل منك شخص واحد الآن؛ قد يضطر إلى الانتظار من دونك.</numerusform><numerusform>ينزّل منك شخصان الآن؛ قد يضطران إلى الانتظار من دونك.</numerusform><numerusform>ينزّل منك %Ln أشخاص الآن؛ قد يضطرون إلى الانتظار من دونك.</numerusform><numerusform>ينزّل منك %Ln شخصًا الآن؛ قد يضطرون إلى الانتظار من دونك.</numerusform><numerusform>ينزّل منك %Ln شخص الآن؛ قد يضطرون إلى الانتظار من دونك.</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/quitting.py"/>
  <source>Quit Shoal?</source>
  <translation>إنهاء شول؟</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>it is a link, cannot be read, or is Shoal's own</source>
  <translation>إنه رابط، أو تتعذر قراءته، أو يخص Shoal نفسه</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing files to share</source>
  <translation>تجهيز الملفات للمشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Stop preparing files to share</source>
  <translation>إيقاف تجهيز الملفات للمشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name} for {group}</source>
  <translation>تجهيز {name} للمجموعة {group}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of %Ln files</source>
  <translation><numerusform>لا ملفات</numerusform><numerusform>{done} من ملف واحد</numerusform><numerusform>{done} من ملفين</numerusform><numerusform>{done} من %Ln ملفات</numerusform><numerusform>{done} من %Ln ملفًّا</numerusform><numerusform>{done} من %Ln ملف</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name}: {how_far}</source>
  <translation>تجهيز {name}: ‏{how_far}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>(+%Ln more)</source>
  <translation><numerusform>(لا غير)</numerusform><numerusform>(وواحد آخر)</numerusform><numerusform>(واثنان آخران)</numerusform><numerusform>(و%Ln أخرى)</numerusform><numerusform>(و%Ln أخرى)</numerusform><numerusform>(و%Ln أخرى)</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln files shared</source>
  <translation><numerusform>لم يُشارَك جديد</numerusform><numerusform>شورك ملف واحد</numerusform><numerusform>شورك ملفان</numerusform><numerusform>شوركت %Ln ملفات</numerusform><numerusform>شورك %Ln ملفًّا</numerusform><numerusform>شورك %Ln ملف</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln files were left out</source>
  <translation><numerusform>لم يُترك ملف</numerusform><numerusform>تُرك ملف واحد</numerusform><numerusform>تُرك ملفان</numerusform><numerusform>تُركت %Ln ملفات</numerusform><numerusform>تُرك %Ln ملفًّا</numerusform><numerusform>تُرك %Ln ملف</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Sharing stopped; what was shared by then stays shared</source>
  <translation>أُوقفت المشاركة؛ وما شورك حتى الآن يبقى مشارَكًا</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>%Ln were already</source>
  <translation><numerusform>لا شيء كان مشارَكًا</numerusform><numerusform>وواحد كان مشارَكًا من قبل</numerusform><numerusform>واثنان كانا مشارَكين من قبل</numerusform><numerusform>و%Ln كانت مشارَكة من قبل</numerusform><numerusform>و%Ln كانت مشارَكة من قبل</numerusform><numerusform>و%Ln كانت مشارَكة من قبل</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} of {count} at {address}</source>
  <translation>المتتبّع {number} من {count} على {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker connection</source>
  <translation>الاتصال بالمتتبّع</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Looking for a tracker…</source>
  <translation>البحث عن متتبّع…</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/status_line.py"/>
  <source>%Ln connections</source>
  <translation><numerusform>لا اتصالات</numerusform><numerusform>اتصال واحد</numerusform><numerusform>اتصالان</numerusform><numerusform>%Ln اتصالات</numerusform><numerusform>%Ln اتصالًا</numerusform><numerusform>%Ln اتصال</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker at {address}</source>
  <translation>المتتبّع على {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} at {address}</source>
  <translation>المتتبّع {number} على {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>limited</source>
  <translation>محدودة</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>No tracker reachable, showing what was known; retrying</source>
  <translation>لا متتبّع يمكن بلوغه؛ يُعرض ما كان معروفًا، والمحاولة مستمرة</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker} is lost, asking it again…</source>
  <translation>انقطع {tracker}، ويُسأل من جديد…</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker} is lost, looking for another…</source>
  <translation>انقطع {tracker}، والبحث جارٍ عن غيره…</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker} is stopping, moving to another…</source>
  <translation>{tracker} يتوقف، والانتقال جارٍ إلى غيره…</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Using your own tracker on this computer</source>
  <translation>يُستخدم متتبّعك على هذا الحاسوب</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>{tracker}, catching up</source>
  <translation>{tracker}، ما زال يلحق بالجديد</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>Tracker {number} of {count}</source>
  <translation>المتتبّع {number} من {count}</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>Tracker</source>
  <translation>المتتبّع</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>asking…</source>
  <translation>السؤال…</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>{state}; asked {time} ago</source>
  <translation>{state}؛ سُئل قبل {time}</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>{number} ms</source>
  <translation>{number} م.ث</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>in use, catching up</source>
  <translation>قيد الاستخدام، يلحق بالجديد</translation>
</message>
<message>
  <location filename="desktop/ui/tracker_rows.py"/>
  <source>in use, up to date</source>
  <translation>قيد الاستخدام، ومحدَّث</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Retry now</source>
  <translation>إعادة المحاولة الآن</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Check my network…</source>
  <translation>فحص شبكتي…</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>Trackers know who is online. Files never pass through them.</source>
  <translation>تعرف المتتبّعات من هو متصل. ولا تمر الملفات عبرها أبدًا.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>No tracker reachable: showing what was known {time} ago</source>
  <translation>لا متتبّع يمكن بلوغه: يُعرض ما كان معروفًا قبل {time}</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>You see what was known {time} ago.</source>
  <translation>المعروض هو ما كان معروفًا قبل {time}.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>You see what was last known.</source>
  <translation>المعروض هو آخر ما كان معروفًا.</translation>
</message>
<message>
  <location filename="desktop/ui/trackers_panel.py"/>
  <source>No tracker reachable: showing what was known</source>
  <translation>لا متتبّع يمكن بلوغه: يُعرض ما كان معروفًا</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>It is what was shared, byte for byte</source>
  <translation>إنه مطابق لما شورك، بايتًا ببايت</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads are as they were</source>
  <translation><numerusform>لم يبق أي تنزيل كما كان</numerusform><numerusform>بقي تنزيل واحد كما كان</numerusform><numerusform>بقي تنزيلان كما كانا</numerusform><numerusform>بقيت %Ln تنزيلات كما كانت</numerusform><numerusform>بقي %Ln تنزيلًا كما كانت</numerusform><numerusform>بقي %Ln تنزيل كما كانت</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>%Ln downloads are not what they were</source>
  <translation><numerusform>لم يتغيّر أي تنزيل</numerusform><numerusform>تغيّر تنزيل واحد</numerusform><numerusform>تغيّر تنزيلان</numerusform><numerusform>تغيّرت %Ln تنزيلات</numerusform><numerusform>تغيّر %Ln تنزيلًا</numerusform><numerusform>تغيّر %Ln تنزيل</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Fetch again</source>
  <translation>نزّله من جديد</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Keep downloading</source>
  <translation>متابعة التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Cancel {name}?</source>
  <translation>إلغاء {name}؟</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>What was downloaded of it so far is deleted.</source>
  <translation>سيُحذف ما نُزّل منه حتى الآن.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/acts.py"/>
  <source>Cancel download</source>
  <translation>إلغاء التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/known.py"/>
  <source>stopped by your limits</source>
  <translation>أوقفته حدود السرعة التي وضعتَها</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>All</source>
  <translation>الكل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Active</source>
  <translation>الجارية</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Done</source>
  <translation>المكتملة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Sharing</source>
  <translation>المشارَكة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Failed</source>
  <translation>الفاشلة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing downloaded yet</source>
  <translation>لم يُنزَّل شيء بعد</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Double-click a file to download it.</source>
  <translation>انقر نقرًا مزدوجًا على ملف لتنزيله.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing under way</source>
  <translation>لا شيء جارٍ</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing is complete yet</source>
  <translation>لم يكتمل شيء بعد</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>You share nothing yet</source>
  <translation>لا تشارك شيئًا بعد</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Drop files on a group to share them.</source>
  <translation>أفلت الملفات على مجموعة لمشاركتها.</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Nothing has failed</source>
  <translation>لم يفشل شيء</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/pane.py"/>
  <source>Which transfers are listed</source>
  <translation>أي عمليات النقل تُعرض</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Up</source>
  <translation>رفع</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>Time left</source>
  <translation>الوقت المتبقي</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>downloading</source>
  <translation>قيد التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <location filename="desktop/wording.py"/>
  <source>waits for its turn</source>
  <translation>ينتظر دوره</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>paused</source>
  <translation>متوقف مؤقتًا</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>failed</source>
  <translation>فشل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>no tracker is there to say who has it; it goes on by itself</source>
  <translation>لا متتبّع هنا ليخبر من لديه هذا؛ يستمر من تلقاء نفسه</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>you are no longer in the group</source>
  <translation>لم تعد في المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>before others</source>
  <translation>قبل غيره</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>after others</source>
  <translation>بعد غيره</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>no tracker for {time} to say who has it; it goes on by itself</source>
  <translation>لا متتبّع منذ {time} ليخبر من لديه هذا؛ يستمر من تلقاء نفسه</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{number} percent</source>
  <translation>{number} بالمئة</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>and %Ln more files</source>
  <translation><numerusform>ولا ملفات أخرى</numerusform><numerusform>وملف آخر</numerusform><numerusform>وملفان آخران</numerusform><numerusform>و%Ln ملفات أخرى</numerusform><numerusform>و%Ln ملفًّا آخر</numerusform><numerusform>و%Ln ملف آخر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>shared</source>
  <translation>مشارَك</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>nobody who has it is online: {people}</source>
  <translation>لا أحد ممن لديهم متصل: {people}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{what}, {priority}</source>
  <translation>{what}، ‏{priority}</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>%Ln people download it</source>
  <translation><numerusform>لا أحد ينزّله</numerusform><numerusform>ينزّله شخص واحد</numerusform><numerusform>ينزّله شخصان</numerusform><numerusform>ينزّله %Ln أشخاص</numerusform><numerusform>ينزّله %Ln شخصًا</numerusform><numerusform>ينزّله %Ln شخص</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>nobody has it any more</source>
  <translation>لم يعد لدى أحد</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{people} have it and are online, but cannot be reached</source>
  <translation><numerusform>{people} لديهم وهم متصلون، لكن لا يمكن بلوغهم</numerusform><numerusform>{people} لديه وهو متصل، لكن لا يمكن بلوغه</numerusform><numerusform>{people} لديهما وهما متصلان، لكن لا يمكن بلوغهما</numerusform><numerusform>{people} لديهم وهم متصلون، لكن لا يمكن بلوغهم</numerusform><numerusform>{people} لديهم وهم متصلون، لكن لا يمكن بلوغهم</numerusform><numerusform>{people} لديهم وهم متصلون، لكن لا يمكن بلوغهم</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{user} was {time} ago</source>
  <translation>{user} كان متصلًا قبل {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>({done} of {whole})</source>
  <translation>({done} من {whole})</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>waiting for data</source>
  <translation>بانتظار البيانات</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>looks for somebody who has it</source>
  <translation>يبحث عمن لديه</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/rows.py"/>
  <source>{time} left</source>
  <translation>بقي {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers/view.py"/>
  <source>Transfers</source>
  <translation>عمليات النقل</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/tray.py"/>
  <source>%Ln people ask to join</source>
  <translation><numerusform>لا طلبات انضمام</numerusform><numerusform>شخص يطلب الانضمام</numerusform><numerusform>شخصان يطلبان الانضمام</numerusform><numerusform>%Ln أشخاص يطلبون الانضمام</numerusform><numerusform>%Ln شخصًا يطلبون الانضمام</numerusform><numerusform>%Ln شخص يطلبون الانضمام</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>No requests to join</source>
  <translation>لا طلبات انضمام</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Resume all downloads</source>
  <translation>استئناف كل التنزيلات</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Pause all downloads</source>
  <translation>إيقاف كل التنزيلات مؤقتًا</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing when the window is closed?</source>
  <translation>الاستمرار في المشاركة عند إغلاق النافذة؟</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Shoal can stay in the system tray: others go on downloading from you, and your downloads go on. You can change this in Preferences.</source>
  <translation>يستطيع شول البقاء في شريط النظام: يواصل الآخرون التنزيل منك، وتستمر تنزيلاتك. يمكنك تغيير ذلك في التفضيلات.</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing</source>
  <translation>مواصلة المشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>{day}, {begin} to {end}: normal limits</source>
  <translation>{day}، من {begin} إلى {end}: الحدود العادية</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>Alternative hours of the week</source>
  <translation>ساعات الأسبوع البديلة</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>{day}, {begin} to {end}: alternative limits</source>
  <translation>{day}، من {begin} إلى {end}: الحدود البديلة</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Share files directly with the people of your groups.</source>
  <translation>شارك الملفات مباشرة مع أعضاء مجموعاتك.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Start here</source>
  <translation>البدء من هنا</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Make a place for your people on this computer, and send them a link to it.</source>
  <translation>هيّئ مكانًا لجماعتك على هذا الحاسوب، وأرسل إليهم رابطًا إليه.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>I have an invite</source>
  <translation>لدي دعوة</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Somebody sent you a link, or shows you a QR code. It leads you straight into their group.</source>
  <translation>أرسل إليك أحدهم رابطًا أو يعرض عليك رمز QR. يقودك مباشرة إلى مجموعته.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>I have a tracker file</source>
  <translation>لدي ملف متتبّعات</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <source>Your people run trackers already, and gave you their tracker_info.txt.</source>
  <translation>جماعتك تشغّل متتبّعات من قبل وأعطتك ملفها tracker_info.txt.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/choosing.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Welcome to Shoal</source>
  <translation>مرحبًا بك في شول</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Log in</source>
  <translation>دخول</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Create account</source>
  <translation>إنشاء حساب</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>I have an account already</source>
  <translation>لدي حساب من قبل</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>I am new here</source>
  <translation>أنا جديد هنا</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/login_page.py"/>
  <source>Connecting…</source>
  <translation>جارٍ الاتصال…</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Who may come in, if you invite them?</source>
  <translation>من يجوز أن يدخل إذا دعوته؟</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Your system may ask whether Shoal may use the network.</source>
  <translation>قد يسألك نظامك هل تسمح لشول باستخدام الشبكة.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Others see your name. A forgotten password cannot be reset.</source>
  <translation>اسمك يراه الآخرون. ولا يمكن استعادة كلمة مرور منسية.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>People at other computers too</source>
  <translation>أشخاص على حواسيب أخرى أيضًا</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Only people at this computer</source>
  <translation>من على هذا الحاسوب فقط</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Log in again</source>
  <translation>الدخول من جديد</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Create account and join</source>
  <translation>إنشاء حساب والانضمام</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/page.py"/>
  <source>Your account in the network of {file}</source>
  <translation>حسابك في شبكة {file}</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Back</source>
  <translation>رجوع</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Paste your invite link</source>
  <translation>ألصق رابط دعوتك</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Or a picture of its QR code, a photo or a screenshot: choose it, paste it, or drop it here.</source>
  <translation>أو صورة لرمز QR الخاص بها، فوتوغرافية أو لقطة شاشة: اخترها أو ألصقها أو أفلتها هنا.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>It has one line for each tracker. Whether they can be reached is tried at once.</source>
  <translation>فيه سطر لكل متتبّع. ويُجرَّب في الحال هل يمكن بلوغها.</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Choose file…</source>
  <translation>اختيار ملف…</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Trackers of the file</source>
  <translation>متتبّعات الملف</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Use these trackers</source>
  <translation>استخدام هذه المتتبّعات</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/steps.py"/>
  <source>Line {line} names no tracker. Is this the file that you were given?</source>
  <translation>السطر {line} لا يذكر متتبّعًا. أهذا هو الملف الذي أُعطيته؟</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Too short</source>
  <translation>قصيرة جدًّا</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Easy to guess</source>
  <translation>سهلة التخمين</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Fair</source>
  <translation>مقبولة</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Good</source>
  <translation>جيدة</translation>
</message>
<message>
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Strong</source>
  <translation>قوية</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/welcome/strength.py"/>
  <source>Password, %Ln characters or more</source>
  <translation><numerusform>كلمة المرور</numerusform><numerusform>كلمة المرور، محرف أو أكثر</numerusform><numerusform>كلمة المرور، محرفان أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محارف أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محرفًا أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محرف أو أكثر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/words.py"/>
  <source>, </source>
  <translation>، </translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody is logged in</source>
  <translation>لم يدخل أحد</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another user is logged in here</source>
  <translation>هنا مستخدم آخر داخل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the user name or the password is wrong</source>
  <translation>الاسم أو كلمة المرور غير صحيحة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the password must have 8 to 256 characters</source>
  <translation>يجب أن تكون كلمة المرور من ٨ إلى ٢٥٦ محرفًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it already exists</source>
  <translation>إنه موجود من قبل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not found</source>
  <translation>غير موجود</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not a member of {group}</source>
  <translation>لست عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>already a member of {group}</source>
  <translation>عضو في {group} من قبل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not the owner of {group}: only its owner may do that</source>
  <translation>لست مالك {group}: لا يفعل ذلك إلا مالكها</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no pending request of {user} in {group}</source>
  <translation>لا طلب معلّقًا من {user} في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>this invite was used up, has expired or was taken back; ask for another one</source>
  <translation>استُنفدت هذه الدعوة أو انتهت أو سُحبت؛ اطلب غيرها</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{name} is not shared by you in {group}</source>
  <translation>أنت لا تشارك {name} في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side has not heard of it yet; try again in a moment</source>
  <translation>لم يصل الخبر إلى الطرف الآخر بعد؛ أعد المحاولة بعد لحظة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that name cannot be used</source>
  <translation>لا يمكن استخدام هذا الاسم</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>an argument is not what it must be</source>
  <translation>إحدى القيم ليست كما يجب</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the command was not typed as it must be</source>
  <translation>لم يُكتب الأمر كما يجب</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that path cannot be used</source>
  <translation>لا يمكن استخدام هذا المسار</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is not enough free space</source>
  <translation>لا توجد مساحة كافية</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the disk is full; it goes on by itself when there is space</source>
  <translation>القرص ممتلئ؛ سيُستأنف من تلقاء نفسه حين تتوفر مساحة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the disk did not do what was asked of it</source>
  <translation>لم يفعل القرص ما طُلب منه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it took too long</source>
  <translation>استغرق الأمر أطول مما ينبغي</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no tracker can be reached; what is known here is still shown, and it keeps trying</source>
  <translation>لا يمكن بلوغ أي متتبّع؛ يبقى المعروف هنا ظاهرًا، والمحاولة مستمرة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too much is asked at once; try again in a moment</source>
  <translation>طلبات كثيرة دفعة واحدة؛ أعد المحاولة بعد لحظة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>a limit of this network is reached</source>
  <translation>بلغت حدًّا من حدود هذه الشبكة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>this tracker lacks the secret that the password was stored with; tell who runs it</source>
  <translation>ينقص هذا المتتبّع السرُّ الذي حُفظت به كلمة المرور؛ أخبر من يديره</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the key of this device belongs to another user</source>
  <translation>مفتاح هذا الجهاز لمستخدم آخر</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>this device has been revoked; log in again with the password</source>
  <translation>أُلغي هذا الجهاز؛ ادخل من جديد بكلمة المرور</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the clock of this computer is too far off; set it right</source>
  <translation>ساعة هذا الحاسوب بعيدة عن الصواب؛ اضبطها</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the tracker does not have the key it had before; tell who runs it and do not go on</source>
  <translation>ليس للمتتبّع المفتاح الذي كان له؛ أخبر من يديره ولا تتابع</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the two programs have no protocol version in common; update the older one</source>
  <translation>لا يشترك البرنامجان في إصدار للبروتوكول؛ حدّث الأقدم</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side does not know this request; update it</source>
  <translation>لا يعرف الطرف الآخر هذا الطلب؛ حدّثه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not what was downloaded any more; it can be fetched again</source>
  <translation>لم يعد ما نُزِّل؛ يمكن تنزيله من جديد</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>stored state is damaged</source>
  <translation>الحالة المحفوظة تالفة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another Shoal uses this profile</source>
  <translation>نسخة أخرى من شول تستخدم هذا الملف الشخصي</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>something went wrong that should not have; the log says more</source>
  <translation>حدث خطأ ما كان ينبغي أن يحدث؛ في السجل تفصيل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no tracker of this network can be reached; is this computer online, and the tracker?</source>
  <translation>لا يمكن الوصول إلى أي متتبّع في هذه الشبكة؛ هل هذا الحاسوب متصل، والمتتبّع كذلك؟</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{name} not found in {group}</source>
  <translation>{name} غير موجود في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>user {user} already exists; choose another name</source>
  <translation>المستخدم {user} موجود من قبل؛ اختر اسمًا آخر</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>group {group} already exists; choose another name</source>
  <translation>المجموعة {group} موجودة من قبل؛ اختر اسمًا آخر</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the old password is wrong</source>
  <translation>كلمة المرور القديمة غير صحيحة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the password is wrong</source>
  <translation>كلمة المرور غير صحيحة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>device {id} not found</source>
  <translation>الجهاز {id} غير موجود</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not a member of {group}, so there is nothing to leave</source>
  <translation>لست عضوًا في {group}، فلا شيء تغادره</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>user or group not found: {user}, {group}</source>
  <translation>المستخدم أو المجموعة غير موجودين: {user}، {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>{user} is not a member of {group}</source>
  <translation>{user} ليس عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the group of that link is no more</source>
  <translation>مجموعة هذا الرابط لم تعد موجودة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are in the group of that link already</source>
  <translation>أنت في مجموعة هذا الرابط من قبل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no pending request of yours in {group}</source>
  <translation>لا طلب معلّقًا لك في {group}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>all names like it are taken</source>
  <translation>كل الأسماء المشابهة مستعملة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>choose a folder that has a name</source>
  <translation>اختر مجلدًا له اسم</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it changed while it was read</source>
  <translation>تغيّر أثناء قراءته</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it exists and is not a folder</source>
  <translation>موجود وليس مجلدًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is a link</source>
  <translation>هذا رابط</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is closed</source>
  <translation>هو مغلق</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not a file</source>
  <translation>هذا ليس ملفًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not a text</source>
  <translation>ليس نصًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not what it was</source>
  <translation>لم يعد كما كان</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not what was downloaded any more</source>
  <translation>لم يعد ما نُزِّل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it may not be written to</source>
  <translation>لا يُسمح بالكتابة فيه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it was replaced while it was saved</source>
  <translation>استُبدل أثناء حفظه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no file can be called so</source>
  <translation>لا يمكن تسمية ملف هكذا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it may not hold Shoal's own folder, nor lie in it</source>
  <translation>لا يجوز أن يحتوي مجلد شول الخاص ولا أن يكون داخله</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that is another file</source>
  <translation>هذا ملف آخر</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>that is where Shoal keeps its own files</source>
  <translation>هنا يحفظ شول ملفاته</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the SHA-1 that it was shared with is not that of the file</source>
  <translation>قيمة SHA-1 التي شورك بها ليست قيمة الملف</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is no file in it that can be shared</source>
  <translation>ليس فيه ملف يمكن مشاركته</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>there is no such folder</source>
  <translation>لا يوجد مجلد كهذا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too long a path to share</source>
  <translation>المسار أطول من أن يُشارَك</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>File name too long</source>
  <translation>اسم الملف طويل جدًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Input/output error</source>
  <translation>خطأ في القراءة أو الكتابة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Is a directory</source>
  <translation>هذا مجلد</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>No such file or directory</source>
  <translation>لا وجود له</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>No space left on device</source>
  <translation>القرص ممتلئ</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Not a directory</source>
  <translation>هذا ليس مجلدًا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Permission denied</source>
  <translation>هذا غير مسموح</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>Read-only file system</source>
  <translation>القرص للقراءة فقط</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>group {group} not found</source>
  <translation>المجموعة {group} غير موجودة</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>in use</source>
  <translation>قيد الاستخدام</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>reachable</source>
  <translation>يمكن بلوغه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not needed yet</source>
  <translation>لم يُحتج إليه بعد</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>not reachable, {why}</source>
  <translation>لا يمكن بلوغه، {why}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it ended the connection</source>
  <translation>أنهى الاتصال</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no tracker runs there</source>
  <translation>لا يعمل متتبّع هناك</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no answer</source>
  <translation>لا جواب</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it has another key</source>
  <translation>له مفتاح آخر</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no such computer is known</source>
  <translation>لا يُعرف حاسوب بهذا الاسم</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>no network leads there</source>
  <translation>لا شبكة تصل إليه</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the connection broke</source>
  <translation>انقطع الاتصال</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody who has it is online</source>
  <translation>لا أحد ممن لديهم هذا متصل</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>nobody who has it can be reached</source>
  <translation>لا يمكن الوصول إلى أحد ممن لديهم هذا</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it was changed on disk</source>
  <translation>تغيّر على القرص</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>it is not where it was on disk</source>
  <translation>ليس في موضعه على القرص</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another file came before {old}, which is now shown as {new}</source>
  <translation>سبق ملفٌّ آخر {old}، وهو يظهر الآن باسم {new}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are now called {new}: somebody else was {old} before you, at a tracker that yours could not reach; password, groups and files stay as they are</source>
  <translation>اسمك الآن {new}: كان غيرك {old} قبلك عند متتبّع لم يبلغه متتبّعك؛ وتبقى كلمة المرور والمجموعات والملفات كما هي</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>somebody else became {old} too, while trackers could not talk, and is now called {new}; you are still {old}</source>
  <translation>صار غيرك {old} أيضًا حين انقطعت المتتبّعات بعضها عن بعض، واسمه الآن {new}؛ وأنت ما زلت {old}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>your group {old} is now called {new}: another {old} was made before it, at a tracker that yours could not reach; members and files stay as they are</source>
  <translation>مجموعتك {old} اسمها الآن {new}: أُنشئت {old} أخرى قبلها عند متتبّع لم يبلغه متتبّعك؛ ويبقى الأعضاء والملفات كما هم</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>another group was made as {old}, while trackers could not talk, and is now called {new}; yours is still {old}</source>
  <translation>أُنشئت مجموعة أخرى باسم {old} حين انقطعت المتتبّعات بعضها عن بعض، واسمها الآن {new}؛ ومجموعتك ما زالت {old}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>you are called {new} again: nobody else has that name now</source>
  <translation>اسمك {new} من جديد: لا يحمله الآن غيرك</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>your group {old} is called {new} again: no other has that name now</source>
  <translation>مجموعتك {old} اسمها {new} من جديد: لا تحمله الآن مجموعة أخرى</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>the other side broke the protocol: {error}</source>
  <translation>خالف الطرف الآخر البروتوكول: {error}</translation>
</message>
<message>
  <location filename="desktop/wording.py"/>
  <source>too much is asked at once; try again in {seconds} s</source>
  <translation>طلبات كثيرة دفعة واحدة؛ أعد المحاولة بعد {seconds} ث</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>no tracker of this network is known by its key yet</source>
  <translation>لا متتبّع في هذه الشبكة معروف بمفتاحه بعد</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>that is no invite link: those begin with shoal://join/</source>
  <translation>هذا ليس رابط دعوة؛ فروابط الدعوة تبدأ بـ shoal://join/</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link is not whole; copy all of it</source>
  <translation>رابط الدعوة ناقص؛ انسخه كاملًا</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link was made by a newer Shoal; update this one</source>
  <translation>رابط الدعوة من إصدار أحدث من شول؛ حدّث هذا</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>this is not a whole invite link; ask for it again</source>
  <translation>هذا ليس رابط دعوة كاملًا؛ اطلبه مرة أخرى</translation>
</message>
<message>
  <location filename="shared/invite_link.py"/>
  <source>the invite link names a tracker that cannot be</source>
  <translation>يذكر رابط الدعوة متتبّعًا لا يصح</translation>
</message>
<message>
  <location filename="shared/tracker_info.py"/>
  <source>there is no tracker in it: write one host:port a line</source>
  <translation>لا متتبّع فيه: اكتب host:port واحدًا في كل سطر</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the key file holds a key of another kind</source>
  <translation>في ملف المفتاح مفتاح من نوع آخر</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the key file cannot be read</source>
  <translation>تعذّرت قراءة ملف المفتاح</translation>
</message>
<message>
  <location filename="shared/trust/identity.py"/>
  <source>the proof of the device key is wrong</source>
  <translation>إثبات مفتاح الجهاز غير صحيح</translation>
</message>
</context>
</TS>
