<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context><name>Shoal</name>
<message>
  <location filename="desktop/console/actions.py"/>
  <source>the path is empty; a dot is the folder you are in</source>
  <translation>المسار فارغ؛ النقطة هي المجلد الذي أنت فيه</translation>
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
  <location filename="desktop/engine/downloads/downloads.py"/>
  <source>they are not complete yet</source>
  <translation>لم تكتمل بعد</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <location filename="desktop/engine/sharing.py"/>
  <source>that block is not here</source>
  <translation>هذه الكتلة ليست هنا</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <source>the part file cannot be read</source>
  <translation>تعذّرت قراءة الملف الجزئي</translation>
</message>
<message>
  <location filename="desktop/engine/downloads/fetch.py"/>
  <source>it was shared with a size that is not its own</source>
  <translation>شورك بحجم ليس حجمه</translation>
</message>
<message>
  <location filename="desktop/engine/files/open_file.py"/>
  <source>the file is not in use any more</source>
  <translation>لم يعد الملف مستخدمًا</translation>
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
  <source>Password changed</source>
  <translation>تغيّرت كلمة المرور</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <source>The new password was typed in two ways; nothing was changed</source>
  <translation>كُتبت كلمة المرور الجديدة بشكلين مختلفين؛ لم يتغيّر شيء</translation>
</message>
<message>
  <location filename="desktop/ui/account_acts.py"/>
  <location filename="desktop/ui/login_page.py"/>
  <source>Password</source>
  <translation>كلمة المرور</translation>
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
  <location filename="desktop/ui/amounts.py"/>
  <source>{size}/s</source>
  <translation>{size}/ث</translation>
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
<message>
  <location filename="desktop/ui/amounts.py"/>
  <source>0 kB/s</source>
  <translation>٠ ك.ب/ث</translation>
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
  <location filename="desktop/ui/dialogs.py"/>
  <source>Search</source>
  <translation>بحث</translation>
</message>
<message>
  <location filename="desktop/ui/drops.py"/>
  <source>Create a group or join one first</source>
  <translation>أنشئ مجموعة أو انضم إلى واحدة أولًا</translation>
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
  <source>{group} has not let you in yet</source>
  <translation>لم تقبلك {group} بعد</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/drops.py"/>
  <source>{name} and %Ln more</source>
  <translation><numerusform>{name}</numerusform><numerusform>{name} وعنصر آخر</numerusform><numerusform>{name} وعنصران آخران</numerusform><numerusform>{name} و%Ln عناصر أخرى</numerusform><numerusform>{name} و%Ln عنصرًا آخر</numerusform><numerusform>{name} و%Ln عنصر آخر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Share in {group}</source>
  <translation>المشاركة في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>The files stay on this computer. Others keep what they have fetched.</source>
  <translation>تبقى الملفات على هذا الحاسوب. ويحتفظ الآخرون بما نزّلوه.</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Stop sharing {name}?</source>
  <translation>إيقاف مشاركة {name}؟</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Download to</source>
  <translation>التنزيل إلى</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/file_acts.py"/>
  <source>%Ln items</source>
  <translation><numerusform>لا عناصر</numerusform><numerusform>عنصر واحد</numerusform><numerusform>عنصران</numerusform><numerusform>%Ln عناصر</numerusform><numerusform>%Ln عنصرًا</numerusform><numerusform>%Ln عنصر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>{name} no longer shared</source>
  <translation>توقفت مشاركة {name}</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>It is what was shared, byte for byte</source>
  <translation>إنه مطابق لما شورك، بايتًا ببايت</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/file_acts.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>%Ln downloads</source>
  <translation><numerusform>لا تنزيلات</numerusform><numerusform>تنزيل واحد</numerusform><numerusform>تنزيلان</numerusform><numerusform>%Ln تنزيلات</numerusform><numerusform>%Ln تنزيلًا</numerusform><numerusform>%Ln تنزيل</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Nobody online has it; it starts by itself</source>
  <translation>لا أحد ممن هم متصلون يملكه؛ سيبدأ من تلقاء نفسه</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>No program here opens folders; it lies in {folder}</source>
  <translation>لا برنامج هنا يفتح المجلدات؛ موضعه {folder}</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Cancel {name}?</source>
  <translation>إلغاء {name}؟</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>What was fetched of it so far is deleted.</source>
  <translation>سيُحذف ما نُزّل منه حتى الآن.</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Stop sharing</source>
  <translation>إيقاف المشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/file_acts.py"/>
  <source>Cancel download</source>
  <translation>إلغاء التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/login_page.py"/>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Name</source>
  <translation>الاسم</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Size</source>
  <translation>الحجم</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Peers</source>
  <translation>الأقران</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Shared by</source>
  <translation>شاركه</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>Added</source>
  <translation>أُضيف</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>State</source>
  <translation>الحالة</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>file</source>
  <translation>ملف</translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>folder</source>
  <translation>مجلد</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files_model.py"/>
  <source>{online} of %Ln online</source>
  <translation><numerusform>لا أحد متصل</numerusform><numerusform>{online} من %Ln متصل</numerusform><numerusform>{online} من %Ln متصل</numerusform><numerusform>{online} من %Ln متصلون</numerusform><numerusform>{online} من %Ln متصلون</numerusform><numerusform>{online} من %Ln متصلون</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files_model.py"/>
  <source>you share it</source>
  <translation>أنت تشاركه</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/files_model.py"/>
  <location filename="desktop/ui/files_pane.py"/>
  <source>%Ln files</source>
  <translation><numerusform>لا ملفات</numerusform><numerusform>ملف واحد</numerusform><numerusform>ملفان</numerusform><numerusform>%Ln ملفات</numerusform><numerusform>%Ln ملفًّا</numerusform><numerusform>%Ln ملف</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Files</source>
  <translation>الملفات</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>No group chosen</source>
  <translation>لم تُختر مجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Create a group or join one; its files appear here.</source>
  <translation>أنشئ مجموعة أو انضم إلى واحدة؛ تظهر ملفاتها هنا.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>{user} owns this group and was asked.</source>
  <translation>{user} هو مالك هذه المجموعة، وقد وصله الطلب.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Waiting to be let in</source>
  <translation>بانتظار القبول</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Files and folders that you drop are shared here.</source>
  <translation>تُشارَك هنا الملفات والمجلدات التي تفلتها.</translation>
</message>
<message>
  <location filename="desktop/ui/files_pane.py"/>
  <source>Drop files here</source>
  <translation>أفلت الملفات هنا</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>The owner of the group is asked to let you in.</source>
  <translation>سيُطلب من مالك المجموعة أن يقبلك.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Asked the owner of {group} to let you in</source>
  <translation>أُرسل طلب انضمامك إلى مالك {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>You stop sharing in it, and need to be let in again to come back.</source>
  <translation>تتوقف مشاركتك فيها، ولا تعود إلا بقبول جديد.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Leave {group}?</source>
  <translation>مغادرة {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Request to join {group} withdrawn</source>
  <translation>سُحب طلب الانضمام إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} is now a member of {group}</source>
  <translation>أصبح {user} عضوًا في {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Request of {user} rejected</source>
  <translation>رُفض طلب {user}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} removed from {group}</source>
  <translation>أُخرج {user} من {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Left {group}</source>
  <translation>غادرت {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>{user} is now the owner of {group}</source>
  <translation>أصبح {user} مالك {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Group {group} created</source>
  <translation>أُنشئت المجموعة {group}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>There is no other group to join yet</source>
  <translation>لا توجد بعد مجموعة أخرى للانضمام إليها</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/group_acts.py"/>
  <source>%Ln members</source>
  <translation><numerusform>لا أعضاء</numerusform><numerusform>عضو واحد</numerusform><numerusform>عضوان</numerusform><numerusform>%Ln أعضاء</numerusform><numerusform>%Ln عضوًا</numerusform><numerusform>%Ln عضو</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Left {group}; {user} owns it now</source>
  <translation>غادرت {group}؛ مالكها الآن {user}</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/menus.py"/>
  <source>New group</source>
  <translation>مجموعة جديدة</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Create group</source>
  <translation>إنشاء المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Join a group</source>
  <translation>الانضمام إلى مجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Ask to join</source>
  <translation>طلب الانضمام</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Ownership passes on to another member, if there is one.</source>
  <translation>تنتقل الملكية إلى عضو آخر إن وُجد.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Let {user} into {group}?</source>
  <translation>قبول {user} في {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Members see and fetch all files of the group, and may share their own.</source>
  <translation>يرى الأعضاء ملفات المجموعة كلها وينزّلونها، ولهم أن يشاركوا ملفاتهم.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Remove {user} from {group}?</source>
  <translation>إخراج {user} من {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>What was fetched already stays where it is; nothing new can be fetched.</source>
  <translation>ما نُزّل من قبل يبقى مكانه، ولا يمكن تنزيل جديد.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Make {user} the owner of {group}?</source>
  <translation>جعل {user} مالك {group}؟</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>You stay a member. Only the new owner can give it back.</source>
  <translation>تبقى عضوًا. ولا يعيدها إليك إلا المالك الجديد.</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Leave</source>
  <translation>مغادرة</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <source>Accept</source>
  <translation>قبول</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <location filename="desktop/ui/happenings.py"/>
  <source>Reject</source>
  <translation>رفض</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Remove</source>
  <translation>إخراج</translation>
</message>
<message>
  <location filename="desktop/ui/group_acts.py"/>
  <source>Make owner</source>
  <translation>نقل الملكية</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>you own it</source>
  <translation>أنت مالكها</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>you are a member</source>
  <translation>أنت عضو فيها</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>request sent</source>
  <translation>أُرسل الطلب</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Members</source>
  <translation>الأعضاء</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Requests</source>
  <translation>الطلبات</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>{user} asks to join</source>
  <translation>{user} يطلب الانضمام</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>Owner: {user}</source>
  <translation>المالك: {user}</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>owner</source>
  <translation>المالك</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>online</source>
  <translation>متصل</translation>
</message>
<message>
  <location filename="desktop/ui/groups_model.py"/>
  <source>offline</source>
  <translation>غير متصل</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>Groups</source>
  <translation>المجموعات</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>No groups yet</source>
  <translation>لا مجموعات بعد</translation>
</message>
<message>
  <location filename="desktop/ui/groups_pane.py"/>
  <source>Create a group or join one.</source>
  <translation>أنشئ مجموعة أو انضم إلى واحدة.</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <location filename="desktop/ui/messages.py"/>
  <source>{user} asks to join {group}</source>
  <translation>{user} يطلب الانضمام إلى {group}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>You are now a member of {group}</source>
  <translation>أصبحت عضوًا في {group}</translation>
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
  <source>{group} belongs to {user} now</source>
  <translation>أصبحت {group} ملك {user}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is here</source>
  <translation>وصل {name}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} could not be downloaded: {why}</source>
  <translation>تعذّر تنزيل {name}: ‏{why}</translation>
</message>
<message>
  <location filename="desktop/ui/happenings.py"/>
  <source>{name} is no longer shared in {group}: {why}</source>
  <translation>لم يعد {name} مشارَكًا في {group}: ‏{why}</translation>
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
  <source>Stopped</source>
  <translation>متوقف</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
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
  <source>Limits set</source>
  <translation>طُبّقت الحدود</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>KiB per second</source>
  <translation>كيبيبايت في الثانية</translation>
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
  <source>Within {group}</source>
  <translation>داخل {group}</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>KiB/s</source>
  <translation>ك.بايت/ث</translation>
</message>
<message>
  <location filename="desktop/ui/limits.py"/>
  <source>alternative hours</source>
  <translation>الساعات البديلة</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/login_page.py"/>
  <source>Password, %Ln characters or more</source>
  <translation><numerusform>كلمة المرور</numerusform><numerusform>كلمة المرور، محرف أو أكثر</numerusform><numerusform>كلمة المرور، محرفان أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محارف أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محرفًا أو أكثر</numerusform><numerusform>كلمة المرور، %Ln محرف أو أكثر</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Welcome to Shoal</source>
  <translation>مرحبًا بك في شول</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Share files directly with the people of your groups.</source>
  <translation>شارك الملفات مباشرة مع أعضاء مجموعاتك.</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Log in</source>
  <translation>دخول</translation>
</message>
<message>
  <location filename="desktop/ui/login_page.py"/>
  <source>Create account</source>
  <translation>إنشاء حساب</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Starting…</source>
  <translation>جارٍ البدء…</translation>
</message>
<message>
  <location filename="desktop/ui/main_window.py"/>
  <source>Account of {user}</source>
  <translation>حساب {user}</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
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
  <source>Join</source>
  <translation>انضمام</translation>
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
  <source>Make &amp;owner…</source>
  <translation>نقل الملكية…</translation>
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
  <source>Download &amp;to…</source>
  <translation>التنزيل إلى…</translation>
</message>
<message>
  <location filename="desktop/ui/menus.py"/>
  <source>St&amp;op sharing…</source>
  <translation>إيقاف المشاركة…</translation>
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
  <source>Show in &amp;folder</source>
  <translation>إظهار في المجلد</translation>
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
  <source>Lan&amp;guage</source>
  <translation>اللغة</translation>
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
  <location filename="desktop/ui/messages.py"/>
  <source>Request to join</source>
  <translation>طلب انضمام</translation>
</message>
<message>
  <location filename="desktop/ui/notices.py"/>
  <source>Close this message</source>
  <translation>إغلاق هذه الرسالة</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of {whole}</source>
  <translation>{done} من {whole}</translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>Preparing {name}: {how_far}</source>
  <translation>تجهيز {name}: ‏{how_far}</translation>
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
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>{done} of %Ln files</source>
  <translation><numerusform>لا ملفات</numerusform><numerusform>{done} من ملف واحد</numerusform><numerusform>{done} من ملفين</numerusform><numerusform>{done} من %Ln ملفات</numerusform><numerusform>{done} من %Ln ملفًّا</numerusform><numerusform>{done} من %Ln ملف</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/sharing.py"/>
  <source>for {group}</source>
  <translation>لأجل {group}</translation>
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
<message numerus="yes">
  <location filename="desktop/ui/sharing.py"/>
  <source>and %Ln more</source>
  <translation><numerusform>ولا غير</numerusform><numerusform>وواحد آخر</numerusform><numerusform>واثنان آخران</numerusform><numerusform>و%Ln أخرى</numerusform><numerusform>و%Ln أخرى</numerusform><numerusform>و%Ln أخرى</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker {number} of {count} at {address}</source>
  <translation>المتتبّع {number} من {count} على {address}</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Trackers</source>
  <translation>المتتبّعات</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Looking for a tracker…</source>
  <translation>البحث عن متتبّع…</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Tracker connection</source>
  <translation>الاتصال بالمتتبّع</translation>
</message>
<message>
  <location filename="desktop/ui/status_line.py"/>
  <source>Speeds</source>
  <translation>السرعات</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/status_line.py"/>
  <source>%Ln peers</source>
  <translation><numerusform>لا أقران</numerusform><numerusform>قرين واحد</numerusform><numerusform>قرينان</numerusform><numerusform>%Ln أقران</numerusform><numerusform>%Ln قرينًا</numerusform><numerusform>%Ln قرين</numerusform></translation>
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
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Group</source>
  <translation>المجموعة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Progress</source>
  <translation>التقدّم</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Status</source>
  <translation>الحالة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Time left</source>
  <translation>الوقت المتبقي</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>Sources</source>
  <translation>المصادر</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>downloading</source>
  <translation>قيد التنزيل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>downloaded</source>
  <translation>نُزّل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>paused</source>
  <translation>متوقف مؤقتًا</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>failed</source>
  <translation>فشل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>{number} percent</source>
  <translation>{number} بالمئة</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>waiting for data</source>
  <translation>بانتظار البيانات</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>nobody online now</source>
  <translation>لا أحد متصل الآن</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>({done} of {whole})</source>
  <translation>({done} من {whole})</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_model.py"/>
  <source>{time} left</source>
  <translation>بقي {time}</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Transfers</source>
  <translation>عمليات النقل</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Nothing fetched yet</source>
  <translation>لم يُنزَّل شيء بعد</translation>
</message>
<message>
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>Double-click a file to download it.</source>
  <translation>انقر نقرًا مزدوجًا على ملف لتنزيله.</translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>%Ln active</source>
  <translation><numerusform>لا جارية</numerusform><numerusform>واحدة جارية</numerusform><numerusform>اثنتان جاريتان</numerusform><numerusform>%Ln جارية</numerusform><numerusform>%Ln جارية</numerusform><numerusform>%Ln جارية</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/transfers_pane.py"/>
  <source>%Ln done</source>
  <translation><numerusform>لا مكتملة</numerusform><numerusform>واحدة مكتملة</numerusform><numerusform>اثنتان مكتملتان</numerusform><numerusform>%Ln مكتملة</numerusform><numerusform>%Ln مكتملة</numerusform><numerusform>%Ln مكتملة</numerusform></translation>
</message>
<message numerus="yes">
  <location filename="desktop/ui/tray.py"/>
  <source>%Ln people ask to join</source>
  <translation><numerusform>لا طلبات انضمام</numerusform><numerusform>شخص يطلب الانضمام</numerusform><numerusform>شخصان يطلبان الانضمام</numerusform><numerusform>%Ln أشخاص يطلبون الانضمام</numerusform><numerusform>%Ln شخصًا يطلبون الانضمام</numerusform><numerusform>%Ln شخص يطلبون الانضمام</numerusform></translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Open Shoal</source>
  <translation>فتح شول</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Quit Shoal</source>
  <translation>إنهاء شول</translation>
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
  <source>Shoal can stay in the system tray: others go on fetching from you, and your downloads go on. You can change this in Preferences.</source>
  <translation>يستطيع شول البقاء في شريط النظام: يواصل الآخرون التنزيل منك، وتستمر تنزيلاتك. يمكنك تغيير ذلك في التفضيلات.</translation>
</message>
<message>
  <location filename="desktop/ui/tray.py"/>
  <source>Keep sharing</source>
  <translation>مواصلة المشاركة</translation>
</message>
<message>
  <location filename="desktop/ui/week_grid.py"/>
  <source>Alternative hours of the week</source>
  <translation>ساعات الأسبوع البديلة</translation>
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
  <source>{name} not found in {group}</source>
  <translation>{name} غير موجود في {group}</translation>
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
  <source>no pending request of yours in {group}</source>
  <translation>لا طلب معلّقًا لك في {group}</translation>
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
