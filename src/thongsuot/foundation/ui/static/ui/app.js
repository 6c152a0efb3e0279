/* What a page does beyond plain HTML. Everything here makes a page quicker; nothing needs it. */
"use strict";
