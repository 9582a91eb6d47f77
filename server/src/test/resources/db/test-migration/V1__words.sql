create table word (
    text text primary key
);
